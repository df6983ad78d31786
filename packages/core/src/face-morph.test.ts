import { afterEach, describe, expect, it, vi } from 'vitest';
import { platform } from '#platform';
import { writeAttributes } from './attributes/write.js';
import { FaceMorph, type OpenOptions } from './face-morph.js';
import type { Pixels } from './image/pixels.js';
import type { LoadOptions } from './load.js';
import type { ModelSource } from './model/manifest-types.js';
import type { Progress } from './progress.js';
import {
  createFakeAttributes,
  createFakeBackend,
  createFakeModel,
  type FakeBackendOptions,
} from './testing/index.js';

const loaded: FaceMorph[] = [];
afterEach(async () => {
  await Promise.all(loaded.splice(0).map((fm) => fm.dispose()));
});

async function load(options: LoadOptions = {}, backendOptions: FakeBackendOptions = {}) {
  const backend = createFakeBackend(backendOptions);
  const fm = await FaceMorph.load({ model: await createFakeModel(), backend, ...options });
  loaded.push(fm);
  return { fm, backend };
}

/** A picture that the toy model represents. */
const sampled = async (fm: FaceMorph, seed = 1): Promise<Pixels> =>
  (await fm.sample({ seed, truncation: 0.5 }))[0]!.render();

const code = (name: string) => expect.objectContaining({ code: name });

describe('FaceMorph.load', () => {
  it('opens the decoder at once and the encoder when it is needed, once', async () => {
    const opened: string[] = [];
    const { fm, backend } = await load({}, { onOpen: (name) => void opened.push(name) });
    expect(opened).toEqual(['decoder']);
    const face = await sampled(fm);
    await Promise.all([fm.encode(face), fm.encode(face), fm.open(face, { aligned: true })]);
    expect(opened).toEqual(['decoder', 'encoder']);
    expect(backend.openSessions).toBe(2);
    expect(fm).toMatchObject({ backend: 'fake', latentSize: 192 });
  });

  it('tries the encoder again after a failure', async () => {
    let failures = 1;
    const { fm } = await load(
      {},
      {
        onOpen: (name) => {
          if (name === 'encoder' && failures-- > 0) throw new Error('no memory');
        },
      },
    );
    const face = await sampled(fm);
    await expect(fm.encode(face)).rejects.toThrow('no memory');
    await expect(fm.encode(face)).resolves.toHaveLength(192);
  });

  it('reports progress that never passes its total', async () => {
    const events: Progress[] = [];
    await load({ onProgress: (event) => events.push(event) });
    expect(new Set(events.map(({ phase }) => phase))).toEqual(
      new Set(['download', 'verify', 'compile']),
    );
    for (const { loaded, total } of events) expect(loaded).toBeLessThanOrEqual(total);
  });

  it('leaves a backend that it was given to its owner', async () => {
    const { fm, backend } = await load();
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
    await expect(load({ attributes: writeAttributes(other) })).rejects.toEqual(
      code('MODEL_MISMATCH'),
    );
    await expect(load({ attributes: 'nonsense' as never })).rejects.toEqual(
      code('ATTRIBUTES_INVALID'),
    );
  });

  it('merges further attributes', async () => {
    const own = createFakeAttributes();
    const mine = { ...own, attributes: [{ ...own.attributes[0]!, name: 'grin' }] };
    const { fm } = await load({ attributes: [mine, writeAttributes(mine)] });
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
    await expect(load({ model: swapped })).rejects.toEqual(code('MODEL_INTEGRITY'));
  });

  it('stops when it is aborted, before and while it opens', async () => {
    await expect(load({ signal: AbortSignal.abort() })).rejects.toEqual(code('ABORTED'));
    const controller = new AbortController();
    await expect(
      load({ signal: controller.signal }, { onOpen: () => controller.abort() }),
    ).rejects.toEqual(code('ABORTED'));
  });
});

describe('FaceMorph.open', () => {
  it('encodes an aligned picture of any size', async () => {
    const { fm } = await load();
    const truth = (await fm.sample({ seed: 3, truncation: 0.5 }))[0]!;
    const picture = await truth.render();
    const double: Pixels = { width: 256, height: 256, data: new Uint8ClampedArray(256 * 256 * 4) };
    for (let i = 0; i < 256 * 256; i++) {
      const from = (Math.floor(i / 512) * 128 + Math.floor((i % 256) / 2)) * 4;
      double.data.set(picture.data.subarray(from, from + 4), i * 4);
    }
    for (const input of [picture, double]) {
      const photo = await fm.open(input, { aligned: true });
      expect(photo.faces).toEqual([photo.face]);
      expect(photo.warnings).toEqual([]);
      expect(photo.face.aligned).toEqual(picture);
      for (let i = 0; i < 192; i++) {
        expect(Math.abs(photo.face.latent[i]! - truth.latent[i]!)).toBeLessThan(2e-3);
      }
    }
  });

  it('brings a face to the template by its landmarks', async () => {
    const { fm } = await load();
    const picture = await sampled(fm);
    const wide: Pixels = { width: 228, height: 148, data: new Uint8ClampedArray(228 * 148 * 4) };
    for (let y = 0; y < 128; y++) {
      const row = picture.data.subarray(y * 512, (y + 1) * 512);
      wide.data.set(row, ((y + 10) * 228 + 50) * 4);
    }
    const landmarks = fm.manifest.template.map(([x, y]) => [x + 50, y + 10]);
    const { face } = await fm.open(wide, { landmarks } as unknown as OpenOptions);
    const direct = await fm.encode(picture);
    for (let i = 0; i < 192; i++) {
      expect(Math.abs(face.latent[i]! - direct[i]!)).toBeLessThan(0.35);
    }
  });

  it('asks where the face is', async () => {
    const { fm } = await load();
    const picture = await sampled(fm);
    await expect(fm.open(picture)).rejects.toEqual(code('NO_FACE'));
    const both = { aligned: true, landmarks: fm.manifest.template } as unknown as OpenOptions;
    await expect(fm.open(picture, both)).rejects.toEqual(code('ARGUMENT_INVALID'));
  });
});

describe('Face', () => {
  it('gives the reconstruction for no edits', async () => {
    const { fm } = await load();
    const face = (await fm.sample({ seed: 5 }))[0]!;
    const same = await face.edit({});
    expect(await same.pixels()).toEqual(await face.render());
    expect(same.strengths).toEqual({});
  });

  it('moves what was asked and says so; the decode shows it', async () => {
    const { fm } = await load();
    const { face } = await fm.open(await sampled(fm), { aligned: true });
    const before = face.measure();
    const out = await face.edit({ smiling: 1.5, blond_hair: { value: 1 } }, { keep: ['male'] });
    expect(out.measure().smiling! - before.smiling!).toBeCloseTo(1.5, 3);
    expect(out.measure().blond_hair).toBeCloseTo(1, 3);
    expect(out.measure().male).toBeCloseTo(before.male!, 3);
    expect(out.reached.smiling).toBeCloseTo(1.5, 3);
    expect(out.reached.male).toBeCloseTo(0, 3);
    expect(out.kept).toEqual(['male']);
    const seen = await fm.open(await out.pixels(), { aligned: true });
    expect(seen.face.measure().smiling! - before.smiling!).toBeCloseTo(1.5, 1);
  });

  it('draws itself once', async () => {
    const { fm, backend } = await load();
    const face = (await fm.sample())[0]!;
    const [a, b] = await Promise.all([face.render(), face.render()]);
    expect(a).toBe(b);
    expect(backend.runs).toHaveLength(1);
  });

  it('refuses bad edits before any work', async () => {
    const { fm, backend } = await load();
    const face = (await fm.sample())[0]!;
    await expect(face.edit({ smiling: Number.NaN })).rejects.toThrow(
      'Expected a finite number for strength "smiling" but received NaN',
    );
    await expect(face.edit({ smille: 1 })).rejects.toMatchObject({
      hint: 'Did you mean "smiling"?',
    });
    await expect(face.edit({ male: 1 }, { keep: ['male'] })).rejects.toEqual(
      code('ARGUMENT_INVALID'),
    );
    expect(backend.runs).toHaveLength(0);
  });

  it('is written as PNG bytes and a Blob', async () => {
    const { fm } = await load();
    const out = await (await fm.sample())[0]!.edit({ smiling: 1 });
    const bytes = await out.encode();
    expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect((await out.toBlob({ type: 'image/jpeg' })).type).toBe('image/jpeg');
    await expect(out.encode({ quality: 2 })).rejects.toEqual(code('ARGUMENT_INVALID'));
    await expect(out.save('face.txt')).rejects.toEqual(code('IMAGE_UNSUPPORTED'));
    await expect(out.toCanvas()).rejects.toEqual(code('IMAGE_UNSUPPORTED'));
  });
});

describe('sample and morph', () => {
  it('gives the same faces for the same seed, others for another', async () => {
    const { fm } = await load();
    const [a, b, c] = await Promise.all(
      [7, 7, 8].map(async (seed) => (await fm.sample({ count: 3, seed })).map((f) => f.latent)),
    );
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(a![0]).not.toEqual(a![1]);
  });

  it('gives the average face for truncation 0', async () => {
    const { fm } = await load();
    const [face] = await fm.sample({ truncation: 0 });
    expect(face!.latent).toEqual(fm.attributes.latent.mean);
  });

  it.each([
    { count: 0 },
    { count: 1.5 },
    { count: 1e9 },
    { seed: -1 },
    { truncation: 3 },
    { truncation: Number.NaN },
  ])('refuses %j', async (options) => {
    const { fm } = await load();
    await expect(fm.sample(options)).rejects.toEqual(code('ARGUMENT_INVALID'));
  });

  it('morphs from one face to the other, with progress', async () => {
    const { fm } = await load();
    const [a, b] = await fm.sample({ count: 2, seed: 2 });
    const events: Progress[] = [];
    const frames = await fm.morph(a!, b!.latent, {
      frames: 20,
      path: 'spherical',
      onProgress: (event) => events.push(event),
    });
    expect(frames).toHaveLength(20);
    expect(frames[0]).toEqual(await a!.render());
    expect(frames[19]).toEqual(await b!.render());
    expect(events.map(({ loaded }) => loaded)).toEqual([0, 8, 16, 20]);
    await expect(fm.morph(a!, b!, { frames: 1 })).rejects.toEqual(code('ARGUMENT_INVALID'));
    await expect(fm.morph(a!, new Float32Array(3))).rejects.toEqual(code('ARGUMENT_INVALID'));
  });

  it('stops between batches when it is aborted', async () => {
    const controller = new AbortController();
    const { fm, backend } = await load({}, { onRun: () => controller.abort() });
    const [a, b] = await fm.sample({ count: 2 });
    const morph = fm.morph(a!, b!, { frames: 64, signal: controller.signal });
    await expect(morph).rejects.toEqual(code('ABORTED'));
    expect(backend.runs).toHaveLength(1);
  });
});

describe('editor', () => {
  it('shows the newest edit of a drag', async () => {
    const { fm, backend } = await load();
    const face = (await fm.sample({ seed: 4 }))[0]!;
    const editor = fm.editor(face);
    for (let i = 1; i <= 50; i++) editor.set('smiling', i / 25);
    await editor.flush();
    expect(editor.frame!.strengths).toEqual({ smiling: 2 });
    expect(editor.frame!.pixels).toEqual(await (await face.edit({ smiling: 2 })).pixels());
    expect(backend.runs.length).toBeLessThan(5);
    expect(() => editor.set('smilling', 1)).toThrow(/Unknown attribute/);
    editor.dispose();
  });
});

describe('dispose', () => {
  it('frees the sessions, twice without harm; every call after it says so', async () => {
    const { fm, backend } = await load();
    const face = (await fm.sample())[0]!;
    await fm.encode(await face.render());
    expect(backend.openSessions).toBe(2);
    await Promise.all([fm.dispose(), fm.dispose()]);
    await fm[Symbol.asyncDispose]();
    expect(backend.openSessions).toBe(0);
    const latent = new Float32Array(192);
    for (const call of [
      () => fm.open(new Uint8Array(), { aligned: true }),
      () => fm.sample(),
      () => fm.morph(face, face),
      () => fm.decode(latent),
      () => face.edit({ smiling: 1 }),
      async () => fm.face(latent),
      async () => fm.editor(face),
    ]) {
      await expect(call()).rejects.toEqual(code('DISPOSED'));
    }
  });

  it('ends what runs with DISPOSED', async () => {
    let release = () => {};
    const { fm } = await load(
      {},
      {
        onRun: () =>
          new Promise<void>((_, reject) => {
            release = () => reject(new Error('session is gone'));
          }),
      },
    );
    const decode = fm.decode(new Float32Array(192));
    const queued = fm.decode(new Float32Array(192));
    await new Promise((resolve) => setTimeout(resolve, 0));
    const disposed = fm.dispose();
    release();
    await expect(decode).rejects.toEqual(code('DISPOSED'));
    await expect(queued).rejects.toEqual(code('DISPOSED'));
    await disposed;
  });

  it('frees an encoder that opens only afterwards', async () => {
    let opened = () => {};
    const { fm, backend } = await load(
      {},
      {
        onOpen: (name) =>
          name === 'decoder'
            ? undefined
            : new Promise<void>((resolve) => {
                opened = resolve;
              }),
      },
    );
    const encode = fm.encode(await sampled(fm));
    const refused = expect(encode).rejects.toEqual(code('DISPOSED'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await fm.dispose();
    opened();
    await refused;
    expect(backend.openSessions).toBe(0);
  });
});
