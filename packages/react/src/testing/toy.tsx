import { FaceMorph, type Pixels } from '@facemorph/core';
import { createFakeBackend, createFakeModel, type FakeBackend } from '@facemorph/core/testing';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

/** Pictures painted since the test began, as `putImageData` and `drawImage` calls. */
export const painted: { data: Uint8ClampedArray }[] = [];

const loaded: FaceMorph[] = [];

beforeEach(() => {
  painted.length = 0;
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (
    this: HTMLCanvasElement,
  ) {
    return {
      canvas: this,
      createImageData: (width: number, height: number) => ({
        data: new Uint8ClampedArray(width * height * 4),
      }),
      putImageData: (image: { data: Uint8ClampedArray }) => painted.push(image),
      drawImage: () => {},
    } as unknown as null;
  });
});

afterEach(async () => {
  cleanup();
  vi.restoreAllMocks();
  await Promise.all(loaded.splice(0).map((model) => model.dispose()));
});

/** The toy model, disposed of after the test. */
export async function loadToy(): Promise<{ model: FaceMorph; backend: FakeBackend }> {
  const backend = createFakeBackend();
  const model = await FaceMorph.load({ model: await createFakeModel(), backend, cache: false });
  loaded.push(model);
  return { model, backend };
}

/** A picture that the toy model represents. */
export async function toyPicture(model: FaceMorph, seed = 1): Promise<Pixels> {
  const [face] = await model.sample({ seed, truncation: 0.5 });
  if (!face) throw new Error('no face');
  return face.render();
}
