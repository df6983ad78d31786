import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import {
  createPixels,
  type EditOptions,
  type Edits,
  type Face,
  FaceMorph,
  type Landmarks,
  latentPath,
  lerp,
  type ModelManifest,
  resize,
  withProvenance,
} from '../../packages/core/src/index.js';
import {
  createFakeBackend,
  createFakeModel,
  FAKE_LATENT_SIZE,
} from '../../packages/core/src/testing/index.js';
import { fuzz } from './harness.js';

/** The public calls, handed anything at all. */
let fm: FaceMorph;
let face: Face;

beforeAll(async () => {
  fm = await FaceMorph.load({ model: await createFakeModel(), backend: createFakeBackend() });
  [face] = (await fm.sample({ seed: 1 })) as [Face];
});
afterAll(() => fm.dispose());

/** Values of every kind that JavaScript has, small. */
const anything = fc.anything({
  maxDepth: 2,
  maxKeys: 3,
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});
const number = oftenGood(fc.integer({ min: -3, max: 40 }), fc.oneof(fc.double(), anything));
const name = oftenGood(
  fc.constantFrom('smiling', 'male', 'young', 'beard', 'yaw'),
  fc.oneof(
    fc.constantFrom('Smile', '__proto__', 'constructor', 'toString', '', '../../etc/passwd'),
    fc.string(),
  ),
);

/** Mostly what the call expects: an input in which all is wrong is refused at its first part. */
function oftenGood<A, B>(good: fc.Arbitrary<A>, bad: fc.Arbitrary<B>): fc.Arbitrary<A | B> {
  return fc.oneof({ weight: 7, arbitrary: good }, { weight: 1, arbitrary: bad });
}

const latent = oftenGood(
  fc.float32Array({
    minLength: FAKE_LATENT_SIZE,
    maxLength: FAKE_LATENT_SIZE,
    min: -4,
    max: 4,
    noNaN: true,
  }),
  fc.float32Array({ maxLength: 24 }),
);

test('edit', async () => {
  const edits = oftenGood(
    fc.dictionary(name, fc.oneof(number, fc.record({ value: number })), { maxKeys: 3 }),
    anything,
  );
  const options = fc.record(
    {
      keep: oftenGood(fc.array(oftenGood(name, anything), { maxLength: 2 }), anything),
      mode: oftenGood(fc.constantFrom('detail', 'replace', 'face'), anything),
      onto: oftenGood(fc.constant(undefined), anything),
    },
    { requiredKeys: [] },
  );
  await fuzz({
    name: 'arguments of edit',
    inputs: fc.tuple(edits, options),
    runs: 1500,
    parse: ([given, more]) => face.edit(given as Edits, more as EditOptions),
  });
});

test('open, locate, encode, decode, face', async () => {
  const size = oftenGood(fc.constantFrom(1, 2, 48, 128), number);
  const picture = fc.tuple(size, size, anything).map(([width, height, other]) => {
    const fits = Number.isInteger(width) && Number.isInteger(height);
    const bytes = fits ? Math.abs(Number(width) * Number(height) * 4) : 0;
    return { width, height, data: bytes < 1e6 ? new Uint8ClampedArray(bytes) : other };
  });
  const point = fc.tuple(number, number);
  const landmarks = oftenGood(fc.array(point, { minLength: 5, maxLength: 5 }), anything);
  await fuzz({
    name: 'arguments of open, encode, ...',
    inputs: fc.tuple(
      fc.constantFrom('open', 'locate', 'encode', 'decode', 'face', 'decodeAll'),
      fc.oneof(picture, latent, anything),
      fc.record(
        { aligned: fc.oneof(fc.boolean(), anything), landmarks, face: number },
        { requiredKeys: [] },
      ),
    ),
    runs: 1200,
    share: 0.5,
    parse: ([call, input, options]) =>
      (fm as unknown as Record<string, (...args: unknown[]) => unknown>)[call]!(input, options),
  });
});

test('landmarks, wherever they may lie', async () => {
  const at = fc.double({ min: -100, max: 300, noNaN: true });
  const points = fc.tuple(at, at);
  const photo = createPixels(200, 200);
  // They turn into a face of which a frame is 1,000 times as wide as the photo.
  const odd = [
    [90, 90],
    [95, 90],
    [92, 20],
    [90.5, 95],
    [94.5, 95],
  ] as unknown as Landmarks;
  await fuzz<Landmarks>({
    name: 'landmarks',
    inputs: fc.tuple(points, points, points, points, points),
    always: [odd],
    runs: 300,
    share: 0.1,
    parse: (landmarks) => fm.open(photo, { landmarks }),
  });
});

test('sizes, paths, marks', async () => {
  const side = oftenGood(fc.integer({ min: -3, max: 40 }), fc.double());
  const kind = oftenGood(
    fc.constantFrom('image/png', 'image/gif', 'video/mp4'),
    fc.oneof(fc.constantFrom('image/avif', 'constructor', ''), anything),
  );
  const calls = {
    createPixels: (width: number, height: number) => createPixels(width, height),
    resize: (width: number, height: number) => resize(createPixels(2, 3), { width, height }),
    lerp: (a: number, time: number, end: Float32Array) => lerp(new Float32Array(a), end, time),
    latentPath: (frames: number, _: number, end: Float32Array) =>
      latentPath([face.latent, end], { frames }),
    withProvenance: (_: number, __: number, end: Float32Array, type: unknown) =>
      withProvenance(new Uint8Array(end.buffer), type as 'image/png', 'edited'),
  };
  await fuzz({
    name: 'arguments of resize, lerp, ...',
    inputs: fc.tuple(
      fc.constantFrom(...(Object.keys(calls) as (keyof typeof calls)[])),
      side,
      side,
      latent,
      kind,
    ),
    runs: 1000,
    parse: ([call, a, b, end, type]) =>
      calls[call](call === 'lerp' ? Math.abs(a) % 40 : a, b, end, type),
  });
});

test('models that are nowhere, and pictures', async () => {
  const { manifest } = await createFakeModel();
  const text = encodeURIComponent(JSON.stringify(manifest));
  const address = fc.oneof(
    fc.constantFrom('https://', 'file:///a%2Fb', 'file://%', '', '#', `data:,${text}`, 'blob:x'),
    fc.string().map((path) => `file:///${path}`),
  );
  const parts = fc.record({ files: fc.oneof(fc.constant(undefined), fc.object()) });
  await fuzz({
    name: 'addresses',
    inputs: fc.tuple(
      fc.constantFrom('load', 'open'),
      oftenGood(
        address,
        parts.map(({ files }) => ({ manifest: manifest as ModelManifest, files })),
      ),
    ),
    runs: 500,
    share: 0.1,
    parse: ([call, given]) =>
      call === 'open'
        ? fm.open(given, { aligned: true })
        : FaceMorph.load({ model: given as string, backend: createFakeBackend() }),
  });
});

test('sample, morph, editor', async () => {
  await fuzz({
    name: 'arguments of sample, morph, ...',
    inputs: fc.tuple(
      fc.constantFrom('sample', 'morph', 'editor'),
      oftenGood(latent, anything),
      fc.record(
        {
          count: oftenGood(fc.integer({ min: 1, max: 4 }), anything),
          seed: number,
          truncation: oftenGood(fc.constantFrom(0, 0.5, 2), number),
          frames: oftenGood(fc.integer({ min: 2, max: 4 }), anything),
          path: oftenGood(fc.constantFrom('linear', 'spherical'), anything),
          easing: oftenGood(fc.constantFrom('linear', 'smooth'), anything),
        },
        { requiredKeys: [] },
      ),
    ),
    runs: 1000,
    parse: ([call, input, options]) => {
      if (call === 'sample') return fm.sample(options as object);
      if (call === 'morph') return fm.morph(face, input as Face, options as object);
      return fm.editor(input as Face, options as object);
    },
  });
});
