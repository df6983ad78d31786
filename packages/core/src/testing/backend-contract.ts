import { FaceMorphError } from '../errors.js';
import type { Backend, Session, Tensor } from '../runtime/backend.js';
import { CONTRACT_MODEL } from './contract-model.js';

/** One promise that a {@link Backend} makes. */
export interface BackendCheck {
  readonly name: string;
  /** Rejects when the backend does not keep the promise. Disposes of what it creates. */
  readonly run: (create: () => Promise<Backend>) => Promise<void>;
}

/**
 * What FaceMorph relies on in a backend. To test your own, with any test runner:
 *
 * ```ts
 * for (const { name, run } of backendContract) test(name, () => run(createMyBackend));
 * ```
 */
export const backendContract: readonly BackendCheck[] = [
  check('has a name', async ({ backend }) => {
    equal(typeof backend.name === 'string' && backend.name !== '', true, 'name');
  }),
  check('computes the right numbers', async ({ session }) => {
    equal(await decode(session, [[1, 2, 3, 4]]), expected([[1, 2, 3, 4]]), 'image');
  }),
  check('takes batches of any size', async ({ session }) => {
    for (const size of [1, 3, 2]) {
      const latents = Array.from({ length: size }, (_, i) => [i, 5 - i, -2, 30]);
      equal(await decode(session, latents), expected(latents), `a batch of ${size}`);
    }
  }),
  check('answers overlapping runs each with its own result', async ({ session }) => {
    const latents = Array.from({ length: 6 }, (_, i) => [i, 0, 0, i]);
    const images = await Promise.all(latents.map((latent) => decode(session, [latent])));
    for (const [i, latent] of latents.entries()) {
      equal(images[i], expected([latent]), `run ${i}`);
    }
  }),
  check('leaves its inputs as they are', async ({ session }) => {
    const input = tensor([[1, 2, 3, 4]]);
    await session.run({ latent: input });
    equal([...input.data], [1, 2, 3, 4], 'the input');
  }),
  check('holds two sessions at a time', async ({ backend, session }) => {
    const other = await backend.open(modelBytes(), { name: 'other' });
    await session.dispose();
    equal(await decode(other, [[7, 0, 0, 0]]), expected([[7, 0, 0, 0]]), 'the other session');
  }),
  check('refuses bad inputs and goes on', async ({ session }) => {
    await rejects('INFERENCE_FAILED', session.run({ wrong: tensor([[1, 2, 3, 4]]) }));
    await rejects('INFERENCE_FAILED', session.run({ latent: tensor([[1, 2, 3]]) }));
    equal(await decode(session, [[0, 0, 0, 0]]), expected([[0, 0, 0, 0]]), 'the run after');
  }),
  check('refuses what is not a model and goes on', async ({ backend, session }) => {
    const text = new TextEncoder().encode('not a model');
    await rejects('INFERENCE_FAILED', backend.open(text, { name: 'text' }));
    equal(await decode(session, [[1, 1, 1, 1]]), expected([[1, 1, 1, 1]]), 'the run after');
  }),
  check('rejects aborted calls and goes on', async ({ backend, session }) => {
    const signal = AbortSignal.abort();
    await rejects('ABORTED', session.run({ latent: tensor([[1, 2, 3, 4]]) }, { signal }));
    await rejects('ABORTED', backend.open(modelBytes(), { name: 'aborted', signal }));
    const controller = new AbortController();
    const first = decode(session, [[1, 0, 0, 0]]);
    const second = session.run({ latent: tensor([[2, 0, 0, 0]]) }, controller);
    controller.abort();
    await rejects('ABORTED', second);
    equal(await first, expected([[1, 0, 0, 0]]), 'the run before');
    equal(await decode(session, [[3, 0, 0, 0]]), expected([[3, 0, 0, 0]]), 'the run after');
  }),
  check('disposes of a session, twice without harm', async ({ session }) => {
    await session.dispose();
    await session.dispose();
    await rejects('DISPOSED', session.run({ latent: tensor([[1, 2, 3, 4]]) }));
  }),
  check('disposes of everything, twice without harm', async ({ backend, session }) => {
    await backend.dispose();
    await backend.dispose();
    await rejects('DISPOSED', session.run({ latent: tensor([[1, 2, 3, 4]]) }));
    await rejects('DISPOSED', backend.open(modelBytes(), { name: 'late' }));
    await session.dispose();
  }),
];

interface Subject {
  readonly backend: Backend;
  readonly session: Session;
}

function check(name: string, test: (subject: Subject) => Promise<void>): BackendCheck {
  return {
    name,
    async run(create) {
      const backend = await create();
      try {
        await test({ backend, session: await backend.open(modelBytes(), { name: 'contract' }) });
      } finally {
        await backend.dispose();
      }
    },
  };
}

/** Fresh bytes, since a backend may transfer them. */
function modelBytes(): Uint8Array {
  return Uint8Array.from(atob(CONTRACT_MODEL), (char) => char.charCodeAt(0));
}

function tensor(latents: readonly (readonly number[])[]): Tensor {
  const dims = [latents.length, latents[0]?.length ?? 0];
  return { type: 'float32', dims, data: Float32Array.from(latents.flat()) };
}

async function decode(
  session: Session,
  latents: readonly (readonly number[])[],
): Promise<readonly number[]> {
  const { image } = await session.run({ latent: tensor(latents) });
  equal(image?.type, 'uint8', 'the type of image');
  equal([...(image?.dims ?? [])], [latents.length, 2, 2, 4], 'the dims of image');
  return [...(image?.data ?? [])];
}

function expected(latents: readonly (readonly number[])[]): readonly number[] {
  return latents.flatMap((latent) =>
    Array.from({ length: 16 }, (_, j) =>
      Math.min(Math.max(10 * (latent[j % 4] as number) + j, 0), 255),
    ),
  );
}

function equal(actual: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`Expected ${b} for ${what} but got ${a}`);
}

async function rejects(code: string, work: Promise<unknown>): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FaceMorphError && error.code === code) return;
  throw new Error(`Expected a FaceMorphError ${code} but got ${error ?? 'a result'}`);
}
