import sharp, { type Sharp } from 'sharp';
import { markProvenance } from '../../packages/core/src/image/xmp.js';
import { FaceMorph } from '../../packages/core/src/index.js';
import type { Seed } from './mutate.js';

/** Small enough to be decoded thousands of times, large enough for several blocks and strips. */
const SIDE = 48;

/** Real picture files of every format that is read, of faces sampled from the shipped model. */
export async function pictureCorpus(): Promise<readonly Seed[]> {
  const png = await sampledFace();
  const face = (): Sharp => sharp(png);
  const turned = { exif: { IFD0: { Orientation: '6', Make: 'Maker' } } };
  const made: readonly (readonly [string, Sharp])[] = [
    ['png', face().png()],
    ['palette png', face().png({ palette: true, colours: 16 })],
    ['16-bit png', face().toColourspace('rgb16').png()],
    ['interlaced png', face().png({ progressive: true })],
    ['jpeg', face().jpeg()],
    ['progressive jpeg', face().jpeg({ progressive: true })],
    ['grey jpeg', face().toColourspace('b-w').jpeg()],
    ['cmyk jpeg', face().toColourspace('cmyk').jpeg()],
    ['jpeg with exif', face().jpeg().withExif(turned.exif)],
    ['jpeg with icc', face().jpeg().withIccProfile('p3')],
    ['webp', face().webp()],
    ['lossless webp', face().ensureAlpha(0.5).webp({ lossless: true })],
    ['webp with exif', face().webp().withExif(turned.exif)],
    ['gif', face().gif()],
    ['tiff', face().tiff({ compression: 'none' })],
    ['tiled tiff', face().tiff({ compression: 'lzw', tile: true })],
    ['jpeg tiff', face().tiff({ compression: 'jpeg' })],
    ['avif', face().avif({ effort: 0 })],
  ];
  const seeds = await Promise.all(
    made.map(async ([name, picture]): Promise<Seed> => {
      return { name, bytes: new Uint8Array(await picture.toBuffer()) };
    }),
  );
  const types = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif' };
  const marked = seeds.flatMap(({ name, bytes }) => {
    const type = types[name as keyof typeof types] as 'image/png' | undefined;
    return type ? [{ name: `${name} with xmp`, bytes: markProvenance(bytes, type, 'edited') }] : [];
  });
  return [...seeds, ...marked];
}

async function sampledFace(): Promise<Buffer> {
  const fm = await FaceMorph.load();
  const [face] = await fm.sample({ seed: 3 });
  const { width, height, data } = await face!.render();
  await fm.dispose();
  return sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize(SIDE, SIDE)
    .png()
    .toBuffer();
}
