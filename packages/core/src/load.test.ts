import { describe, expect, it, vi } from 'vitest';
import { platform } from '#platform';
import { writeAttributes } from './attributes/write.js';
import { FaceMorphError } from './errors.js';
import { FaceMorph } from './face-morph.js';
import type { ModelManifest, ModelSource } from './model/manifest-types.js';
import type { Progress } from './progress.js';
import type { Backend } from './runtime/backend.js';
import { createFakeAttributes, createFakeBackend, createFakeModel } from './testing/index.js';
import { loadToy, samplePicture } from './testing/load-toy.js';

const code = (name: string) => expect.objectContaining({ code: name });

describe('FaceMorph.load', () => {
  it('opens the decoder at once and the encoder when it is needed, once', async () => {
    const opened: string[] = [];
    const { fm, backend } = await loadToy({}, { onOpen: (name) => void opened.push(name) });
    expect(opened).toEqual(['decoder']);
    const face = await samplePicture(fm);
    await Promise.all([fm.encode(face), fm.encode(face), fm.open(face, { aligned: true })]);
    expect(opened).toEqual(['decoder', 'encoder']);
    expect(backend.openSessions).toBe(2);
    expect(fm).toMatchObject({ backend: 'fake', latentSize: 192 });
  });

  it('fetches the encoder while the face in the first photo is searched for', async () => {
    const opened: string[] = [];
    let found = (): void => {};
    const locator = {
      locate: () =>
        new Promise<never[]>((resolve) => {
          found = () => resolve([]);
        }),
    };
    const { fm } = await loadToy({ locator }, { onOpen: (name) => void opened.push(name) });
    const photo = fm.open(await samplePicture(fm));
    const refused = expect(photo).rejects.toEqual(code('NO_FACE'));
    await vi.waitFor(() => expect(opened).toContain('encoder'));
    found();
    await refused;
  });

  it('fetches the decoder in int8 after the first live frame, and only for wasm', async () => {
    const model = await createFakeModel();
    const manifest = model.manifest as ModelManifest;
    const files = { ...manifest.files, 'decoder-int8': manifest.files.decoder };
    const source: ModelSource = {
      manifest: { ...manifest, files },
      files: { ...model.files, 'decoder-int8': model.files.decoder! },
    };
    const editWith = async (name: string, liveDecoder?: 'float'): Promise<string[]> => {
      const opened: string[] = [];
      const fake = createFakeBackend({ onOpen: (session) => void opened.push(session) });
      const backend = Object.assign(Object.create(fake) as Backend, { name });
      const { fm } = await loadToy({ model: source, backend, liveDecoder });
      const [face] = await fm.sample();
      await fm.editor(face!).flush();
      expect(opened).toEqual(['decoder']);
      return opened;
    };
    const opened = await editWith('wasm');
    await vi.waitFor(() => expect(opened).toEqual(['decoder', 'decoder-int8']));
    const others = [await editWith('wasm', 'float'), await editWith('onnxruntime-node')];
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(others).toEqual([['decoder'], ['decoder']]);
    await expect(loadToy({ liveDecoder: 'int8' as never })).rejects.toEqual(
      code('ARGUMENT_INVALID'),
    );
  });

  it('tries the encoder again after a failure', async () => {
    let failures = 1;
    const { fm } = await loadToy(
      {},
      {
        onOpen: (name) => {
          if (name === 'encoder' && failures-- > 0) throw new Error('no memory');
        },
      },
    );
    const face = await samplePicture(fm);
    await expect(fm.encode(face)).rejects.toThrow('no memory');
    await expect(fm.encode(face)).resolves.toHaveLength(192);
  });

  it('reports progress that never passes its total', async () => {
    const events: Progress[] = [];
    await loadToy({ onProgress: (event) => events.push(event) });
    expect(new Set(events.map(({ phase }) => phase))).toEqual(
      new Set(['download', 'verify', 'compile']),
    );
    for (const { loaded, total } of events) expect(loaded).toBeLessThanOrEqual(total);
  });

  it('leaves a backend that it was given to its owner', async () => {
    const { fm, backend } = await loadToy();
    await fm.dispose();
    expect(backend.openSessions).toBe(0);
    expect(backend.disposed).toBe(false);
  });

  it('frees a backend of its own, on dispose and when loading fails', async () => {
    const model = await createFakeModel();
    const working = createFakeBackend();
    const createBackend = vi.spyOn(platform, 'createBackend').mockResolvedValueOnce(working);
    const fm = await FaceMorph.load({ model });
    expect(working.disposed).toBe(false);
    await fm.dispose();
    expect(working.disposed).toBe(true);
    const broken = createFakeBackend({ onOpen: () => Promise.reject(new Error('broken')) });
    createBackend.mockResolvedValueOnce(broken);
    await expect(FaceMorph.load({ model })).rejects.toThrow('broken');
    expect(broken.disposed).toBe(true);
    createBackend.mockRestore();
  });

  it('starts the backend while the files arrive, and stops them when it does not start', async () => {
    const model = await createFakeModel();
    const order: string[] = [];
    const backend = createFakeBackend();
    const createBackend = vi.spyOn(platform, 'createBackend').mockImplementationOnce(async () => {
      order.push('backend');
      return backend;
    });
    const fm = await FaceMorph.load({ model, onProgress: ({ phase }) => order.push(phase) });
    expect(order[0]).toBe('backend');
    await fm.dispose();

    let stopped = false;
    createBackend.mockRejectedValueOnce(new FaceMorphError('BACKEND_UNAVAILABLE', 'no Worker'));
    const endless: typeof fetch = (_, init) =>
      new Promise((_, reject) =>
        init?.signal?.addEventListener('abort', () => {
          stopped = true;
          reject(init.signal?.reason);
        }),
      );
    await expect(FaceMorph.load({ model: 'https://models.test/', fetch: endless })).rejects.toEqual(
      code('BACKEND_UNAVAILABLE'),
    );
    expect(stopped).toBe(true);
    createBackend.mockRestore();
  });

  it('ends a backend that starts after loading was aborted', async () => {
    const controller = new AbortController();
    const late = createFakeBackend();
    let start = (): void => {};
    const createBackend = vi.spyOn(platform, 'createBackend').mockReturnValueOnce(
      new Promise((resolve) => {
        start = () => resolve(late);
      }),
    );
    const loading = FaceMorph.load({ model: await createFakeModel(), signal: controller.signal });
    controller.abort();
    await expect(loading).rejects.toEqual(code('ABORTED'));
    start();
    await vi.waitFor(() => expect(late.disposed).toBe(true));
    createBackend.mockRestore();
  });

  it('leaves no session open when loading fails', async () => {
    const backend = createFakeBackend({
      onOpen: () => {
        throw new Error('cannot compile');
      },
    });
    const model = await createFakeModel();
    await expect(FaceMorph.load({ model, backend })).rejects.toThrow('cannot compile');
    expect(backend.openSessions).toBe(0);
  });

  it('refuses attributes of another model, its own and given ones', async () => {
    const other = createFakeAttributes({ sha256: 'c'.repeat(64) });
    const model = await createFakeModel({ attributes: other });
    const backend = createFakeBackend();
    await expect(FaceMorph.load({ model, backend })).rejects.toEqual(code('MODEL_MISMATCH'));
    await expect(loadToy({ attributes: writeAttributes(other) })).rejects.toEqual(
      code('MODEL_MISMATCH'),
    );
    await expect(loadToy({ attributes: 'nonsense' as never })).rejects.toEqual(
      code('ATTRIBUTES_INVALID'),
    );
  });

  it('merges further attributes', async () => {
    const own = createFakeAttributes();
    const mine = { ...own, attributes: [{ ...own.attributes[0]!, name: 'grin' }] };
    const { fm } = await loadToy({ attributes: [mine, writeAttributes(mine)] });
    expect(fm.attributes.attributes.map(({ name }) => name)).toEqual([
      ...own.attributes.map(({ name }) => name),
      'grin',
    ]);
  });

  it('refuses files that are not what the manifest says', async () => {
    const model = await createFakeModel();
    const swapped: ModelSource = {
      ...model,
      files: { ...model.files, decoder: new URL('data:application/octet-stream;base64,AAAA') },
    };
    await expect(loadToy({ model: swapped })).rejects.toEqual(code('MODEL_INTEGRITY'));
  });

  it('stops when it is aborted, before and while it opens', async () => {
    await expect(loadToy({ signal: AbortSignal.abort() })).rejects.toEqual(code('ABORTED'));
    const controller = new AbortController();
    await expect(
      loadToy({ signal: controller.signal }, { onOpen: () => controller.abort() }),
    ).rejects.toEqual(code('ABORTED'));
  });
});
