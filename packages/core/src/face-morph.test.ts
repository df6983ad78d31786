import { describe, expect, it, vi } from 'vitest';
import type { Pixels } from './image/pixels.js';
import { resize } from './image/resize.js';
import type { OpenOptions } from './photo/open-photo.js';
import type { Progress } from './progress.js';
import { loadToy, samplePicture } from './testing/load-toy.js';

const code = (name: string) => expect.objectContaining({ code: name });

describe('FaceMorph.open', () => {
  it('encodes an aligned picture of any size', async () => {
    const { fm } = await loadToy();
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
    const { fm } = await loadToy();
    const picture = await samplePicture(fm);
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
    const { fm } = await loadToy();
    const picture = await samplePicture(fm);
    await expect(fm.open(picture)).rejects.toEqual(code('NO_FACE'));
    const both = { aligned: true, landmarks: fm.manifest.template } as unknown as OpenOptions;
    await expect(fm.open(picture, both)).rejects.toEqual(code('ARGUMENT_INVALID'));
  });
});

describe('addAttributes', () => {
  it('keeps all that are added at the same time', async () => {
    const { fm } = await loadToy();
    const own = fm.attributes;
    const added = ['grin', 'frown', 'wink'];
    await Promise.all(
      added.map((name) =>
        fm.addAttributes({ ...own, attributes: [{ ...own.attributes[0]!, name }] }),
      ),
    );
    expect(fm.attributes.attributes.map(({ name }) => name).slice(-3)).toEqual(added);
  });
});

describe('sample and morph', () => {
  it('gives the same faces for the same seed, others for another', async () => {
    const { fm } = await loadToy();
    const [a, b, c] = await Promise.all(
      [7, 7, 8].map(async (seed) => (await fm.sample({ count: 3, seed })).map((f) => f.latent)),
    );
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    expect(a![0]).not.toEqual(a![1]);
  });

  it('gives the average face for truncation 0', async () => {
    const { fm } = await loadToy();
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
    const { fm } = await loadToy();
    await expect(fm.sample(options)).rejects.toEqual(code('ARGUMENT_INVALID'));
  });

  it('morphs from one face to the other, with progress', async () => {
    const { fm } = await loadToy();
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
    const { fm, backend } = await loadToy({}, { onRun: () => controller.abort() });
    const [a, b] = await fm.sample({ count: 2 });
    const morph = fm.morph(a!, b!, { frames: 64, signal: controller.signal });
    await expect(morph).rejects.toEqual(code('ABORTED'));
    expect(backend.runs).toHaveLength(1);
  });
});

describe('editor', () => {
  it('shows the newest edit of a drag', async () => {
    const { fm, backend } = await loadToy();
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

  it('shows the face of a photo in the photo: sharp, and untouched without edits', async () => {
    const { fm } = await loadToy();
    const small = await samplePicture(fm);
    const picture = resize(small, { width: 256, height: 256 });
    const { face } = await fm.open(picture, { aligned: true });
    const editor = fm.editor(face, { size: 192 });
    await editor.flush();
    const untouched = editor.frame!.pixels;
    expect(untouched).toBe(face.closeUp(192));
    expect([untouched.width, untouched.height]).toEqual([192, 192]);
    editor.set('smiling', 2);
    await editor.flush();
    const edited = editor.frame!.pixels;
    expect(edited.width).toBe(192);
    expect(edited.data.every((value, at) => value === untouched.data[at])).toBe(false);
    editor.dispose();
  });

  it('shows what the model draws when asked to, and refuses what is no mode and no size', async () => {
    const { fm } = await loadToy();
    const { face } = await fm.open(await samplePicture(fm), { aligned: true });
    const editor = fm.editor(face, { mode: 'face' });
    editor.set('smiling', 2);
    await editor.flush();
    expect(editor.frame!.pixels).toEqual(await (await face.edit({ smiling: 2 })).render());
    editor.dispose();
    expect(() => fm.editor(face, { mode: 'sharp' as 'face' })).toThrow(/mode/);
    expect(() => fm.editor(face, { size: -3 })).toThrow(/size/);
  });
});

describe('dispose', () => {
  it('frees the sessions, twice without harm; every call after it says so', async () => {
    const { fm, backend } = await loadToy();
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
    const { fm } = await loadToy(
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
    let opened: (() => void) | undefined;
    const { fm, backend } = await loadToy(
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
    const encode = fm.encode(await samplePicture(fm));
    const refused = expect(encode).rejects.toEqual(code('DISPOSED'));
    await vi.waitFor(() => expect(opened).toBeDefined());
    await fm.dispose();
    opened?.();
    await refused;
    expect(backend.openSessions).toBe(0);
  });
});
