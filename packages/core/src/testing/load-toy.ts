import { afterEach } from 'vitest';
import { FaceMorph } from '../face-morph.js';
import type { Pixels } from '../image/pixels.js';
import type { LoadOptions } from '../load.js';
import { createFakeBackend, type FakeBackend, type FakeBackendOptions } from './fake-backend.js';
import { createFakeModel } from './fake-model.js';

const loaded: FaceMorph[] = [];
afterEach(async () => {
  await Promise.all(loaded.splice(0).map((fm) => fm.dispose()));
});

/** For the tests of this package: a FaceMorph on the toy model, disposed of after the test. */
export async function loadToy(
  options: LoadOptions = {},
  backendOptions: FakeBackendOptions = {},
): Promise<{ fm: FaceMorph; backend: FakeBackend }> {
  const backend = createFakeBackend(backendOptions);
  const fm = await FaceMorph.load({ model: await createFakeModel(), backend, ...options });
  loaded.push(fm);
  return { fm, backend };
}

/** A picture that the toy model represents. */
export async function samplePicture(fm: FaceMorph, seed = 1): Promise<Pixels> {
  const [face] = await fm.sample({ seed, truncation: 0.5 });
  return face!.render();
}
