import { type Backend, FaceMorph, type LoadOptions, type Tensor } from '@facemorph/core';
import {
  createFakeAttributes,
  createFakeBackend,
  createFakeModel,
  FAKE_IMAGE_SIZE,
  FAKE_LATENT_SIZE,
} from '@facemorph/core/testing';
import { drawSketch } from './sketch.js';

const set = createFakeAttributes();
/** Latent numbers that no attribute looks at. */
const FREE = FAKE_LATENT_SIZE - 4;

/** How far a real model's attributes reach into each other, for the notes beside the sliders. */
const ALSO: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  smiling: { high_cheekbones: 0.6, mouth_open: 0.5 },
  beard: { mustache: 0.7, male: 0.4 },
};

/** The toy model of core, which draws sketches of faces instead of squares. */
export async function loadSketchModel(options: Partial<LoadOptions> = {}): Promise<FaceMorph> {
  const attributes = {
    ...set,
    attributes: set.attributes.map((attribute) => ({
      ...attribute,
      evidence: { ...attribute.evidence, also: ALSO[attribute.name] ?? {} },
    })),
  };
  const model = await createFakeModel({ attributes });
  return FaceMorph.load({ model, backend: createSketchBackend(), cache: false, ...options });
}

/** Runs the encoder of core's toy model, and a decoder of its own. */
function createSketchBackend(): Backend {
  const toy = createFakeBackend();
  return {
    ...toy,
    name: 'sketch',
    async open(model, options) {
      const session = await toy.open(model, options);
      if (options.name !== 'decoder') return session;
      return { run: async (inputs) => decode(inputs), dispose: () => session.dispose() };
    },
  };
}

function decode({ latent }: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const batch = latent?.dims[0] ?? 0;
  const pictures = Array.from({ length: batch }, (_, i) =>
    draw(latent?.data.subarray(i * FAKE_LATENT_SIZE, (i + 1) * FAKE_LATENT_SIZE) as Float32Array),
  );
  const data = new Uint8Array(batch * FAKE_IMAGE_SIZE ** 2 * 4);
  for (const [i, picture] of pictures.entries()) data.set(picture, i * picture.length);
  return {
    image: { type: 'uint8', dims: [batch, FAKE_IMAGE_SIZE, FAKE_IMAGE_SIZE, 4], data },
  };
}

function draw(latent: Float32Array): Uint8Array {
  const scores = Object.fromEntries(
    set.attributes.map(({ name, probe: { weights, bias } }) => [
      name,
      weights.reduce((sum, weight, i) => sum + weight * (latent[i] ?? 0), bias),
    ]),
  );
  const [skin = 0, backdrop = 0, clothes = 0, width = 0] = latent.subarray(FREE);
  return drawSketch({ scores, skin, backdrop: backdrop * 2, clothes: clothes * 2, width });
}
