import { expect, test } from 'vitest';
import { createPixels } from '../image/pixels.js';
import type { Session } from '../runtime/backend.js';
import { NetworkLocator } from './network-locator.js';
import type { Point } from './similarity.js';

const TEMPLATE: readonly Point[] = [
  [48, 58],
  [80, 58],
  [64, 80.02],
  [49.66, 91.52],
  [78.34, 91.52],
];
/** They turn into a face of which a frame would be 1,000 times as wide as the photo. */
const ODD: readonly Point[] = [
  [90, 90],
  [95, 90],
  [92, 20],
  [90.5, 95],
  [94.5, 95],
];

/** A network that is sure of a face with these landmarks in a photo of 256x256 px, and of no other. */
function sureOf(landmarks: readonly Point[]): Session {
  return {
    run: async () =>
      Object.fromEntries(
        [8, 16, 32].map((stride) => {
          const cells = 256 / stride;
          const data = new Float32Array(11 * cells * cells).fill(-20, 0, cells * cells);
          if (stride === 32) {
            data[0] = 10;
            const offsets = landmarks.flat().map((value) => (value - 16) / (4 * 32));
            for (const [i, offset] of offsets.entries()) data[(1 + i) * cells * cells] = offset;
          }
          return [`stride${stride}`, { type: 'float32', dims: [1, 11, cells, cells], data }];
        }),
      ),
    dispose: async () => {},
  };
}

test.each([
  ['a face', 1, TEMPLATE],
  ['what lies as in no face', 0, ODD],
])('of %s it finds %i', async (_, count, landmarks) => {
  const locator = new NetworkLocator({
    openSession: async () => sureOf(landmarks),
    template: TEMPLATE,
    hasLandmarker: false,
  });
  expect(await locator.locate(createPixels(256, 256))).toHaveLength(count);
});

test('a closer look that leads astray is dropped', async () => {
  let looks = 0;
  const landmarker: Session = {
    // A logit, and offsets so far off that the points lie as in no face.
    run: async () => {
      looks++;
      const offsets = [0, 0, 0, 0, 0, -1200, 0, 0, 0, 0];
      const data = Float32Array.of(10, ...offsets);
      return { face: { type: 'float32', dims: [1, 11], data } };
    },
    dispose: async () => {},
  };
  const locator = new NetworkLocator({
    openSession: async (role) => (role === 'locator' ? sureOf(TEMPLATE) : landmarker),
    template: TEMPLATE,
    hasLandmarker: true,
  });
  expect(await locator.locate(createPixels(256, 256))).toEqual([]);
  expect(looks).toBe(1);
});
