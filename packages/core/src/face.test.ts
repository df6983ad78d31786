import { describe, expect, it } from 'vitest';
import { createPixels } from './image/pixels.js';
import type { OpenOptions } from './photo/open-photo.js';
import { loadToy, samplePicture } from './testing/load-toy.js';

const code = (name: string) => expect.objectContaining({ code: name });

describe('Face', () => {
  it('gives the reconstruction for no edits', async () => {
    const { fm } = await loadToy();
    const face = (await fm.sample({ seed: 5 }))[0]!;
    const same = await face.edit({});
    expect(await same.pixels()).toEqual(await face.render());
    expect(same.strengths).toEqual({});
  });

  it('moves what was asked and says so; the decode shows it', async () => {
    const { fm } = await loadToy();
    const { face } = await fm.open(await samplePicture(fm), { aligned: true });
    const before = face.measure();
    const edits = { smiling: 1.5, blond_hair: { value: 1 } };
    const out = await face.edit(edits, { keep: ['male'], mode: 'face' });
    expect(out.measure().smiling! - before.smiling!).toBeCloseTo(1.5, 3);
    expect(out.measure().blond_hair).toBeCloseTo(1, 3);
    expect(out.measure().male).toBeCloseTo(before.male!, 3);
    expect(out.reached.smiling).toBeCloseTo(1.5, 3);
    expect(out.reached.male).toBeCloseTo(0, 3);
    expect(out.kept).toEqual(['male']);
    const seen = await fm.open(await out.pixels(), { aligned: true });
    expect(seen.face.measure().smiling! - before.smiling!).toBeCloseTo(1.5, 1);
  });

  it('goes back into the photo it comes from, at its size, and only where it changes', async () => {
    const { fm } = await loadToy();
    const face = await samplePicture(fm);
    const wide = createPixels(328, 168);
    wide.data.fill(200);
    for (let y = 0; y < 128; y++) {
      wide.data.set(face.data.subarray(y * 512, (y + 1) * 512), ((y + 20) * 328 + 100) * 4);
    }
    const landmarks = fm.manifest.template.map(([x, y]) => [x + 100, y + 20]);
    const photo = await fm.open(wide, { landmarks } as unknown as OpenOptions);
    expect(await (await photo.face.edit({ smiling: 0 })).pixels()).toEqual(wide);
    for (const mode of ['detail', 'replace'] as const) {
      const out = await (await photo.face.edit({ smiling: 2 }, { mode })).pixels();
      expect([out.width, out.height]).toEqual([328, 168]);
      let changed = 0;
      for (let i = 0; i < out.data.length; i++) {
        if (out.data[i] === wide.data[i]) continue;
        const [x, y] = [Math.floor(i / 4) % 328, Math.floor(i / 4 / 328)];
        expect(x >= 100 && x < 228 && y >= 20 && y < 148).toBe(true);
        changed++;
      }
      expect(changed).toBeGreaterThan(100);
    }
  });

  it('adds a second edit to the first, and edits onto a given picture', async () => {
    const { fm } = await loadToy();
    const { face, pixels } = await fm.open(await samplePicture(fm), { aligned: true });
    const both = await face.edit({ smiling: 1, blond_hair: 1 });
    const chained = await (await face.edit({ smiling: 1 })).edit({ blond_hair: 1 });
    expect(chained.measure().smiling).toBeCloseTo(both.measure().smiling!, 2);
    expect((await chained.pixels()).width).toBe(pixels.width);
    const small = createPixels(4, 4);
    const generated = (await fm.sample())[0]!;
    for (const from of [face, generated]) {
      await expect(from.edit({ smiling: 1 }, { onto: small })).rejects.toEqual(
        code('ARGUMENT_INVALID'),
      );
    }
    await expect(face.edit({ smiling: 1 }, { mode: 'best' as unknown as 'face' })).rejects.toThrow(
      'one of detail, replace, face',
    );
  });

  it('takes a photo whose size is no property of its own, such as an ImageData', async () => {
    class Inherited {
      constructor(readonly data: Uint8ClampedArray) {}
      get width() {
        return 128;
      }
      get height() {
        return 128;
      }
    }
    const { fm } = await loadToy();
    const picture = await samplePicture(fm);
    const { face, pixels } = await fm.open(new Inherited(picture.data), { aligned: true });
    expect({ ...pixels }).toEqual(picture);
    for (const edits of [{}, { smiling: 2 }]) {
      const out = await face.edit(edits, { onto: new Inherited(picture.data) });
      expect({ ...(await out.pixels()) }).toMatchObject({ width: 128, height: 128 });
    }
  });

  it('draws itself once', async () => {
    const { fm, backend } = await loadToy();
    const face = (await fm.sample())[0]!;
    const [a, b] = await Promise.all([face.render(), face.render()]);
    expect(a).toBe(b);
    expect(backend.runs).toHaveLength(1);
  });

  it('refuses bad edits before any work', async () => {
    const { fm, backend } = await loadToy();
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
    const { fm } = await loadToy();
    const out = await (await fm.sample())[0]!.edit({ smiling: 1 });
    const bytes = await out.encode();
    expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect((await out.toBlob({ type: 'image/jpeg' })).type).toBe('image/jpeg');
    const unsaid = { provenance: undefined } as object;
    const blob = await out.toBlob(unsaid);
    for (const file of [await out.encode(unsaid), new Uint8Array(await blob.arrayBuffer())]) {
      expect(Buffer.from(file).includes('trainedAlgorithmicMedia')).toBe(true);
    }
    const silent = await out.encode({ provenance: false });
    expect(Buffer.from(silent).includes('trainedAlgorithmicMedia')).toBe(false);
    await expect(out.encode({ quality: 2 })).rejects.toEqual(code('ARGUMENT_INVALID'));
    await expect(out.save('face.txt')).rejects.toEqual(code('IMAGE_UNSUPPORTED'));
    await expect(out.toCanvas()).rejects.toEqual(code('IMAGE_UNSUPPORTED'));
  });
});
