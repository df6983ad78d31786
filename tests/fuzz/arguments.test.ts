import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import {
  type EditOptions,
  type Edits,
  type Face,
  FaceMorph,
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
