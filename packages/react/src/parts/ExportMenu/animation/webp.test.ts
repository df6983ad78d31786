import sharp from 'sharp';
import { expect, it } from 'vitest';
import { frameChunk, joinWebp, pictureChunks } from './webp.js';

const size = { width: 32, height: 18 };
const colours = ['#ff0000', '#00c000', '#0000ff'];

it.each([
  ['lossy', { quality: 90 }],
  ['lossless', { lossless: true }],
])('joins %s pictures to an endless animation that others can read', async (_name, options) => {
  const frames = await Promise.all(
    colours.map(async (background, i) => {
      const still = sharp({ create: { ...size, channels: 3, background } }).webp(options);
      return frameChunk(pictureChunks(await still.toBuffer()), size, 50 * (i + 1));
    }),
  );
  const file = joinWebp(size, frames);
  expect(await sharp(file).metadata()).toMatchObject({
    format: 'webp',
    width: 32,
    height: 18,
    pages: 3,
    loop: 0,
    delay: [50, 100, 150],
  });
  for (const [page, colour] of colours.entries()) {
    const { dominant } = await sharp(await sharp(file, { page }).png().toBuffer()).stats();
    const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    expect(Math.abs(dominant.r - (wanted[0] ?? 0))).toBeLessThan(16);
    expect(Math.abs(dominant.b - (wanted[2] ?? 0))).toBeLessThan(16);
  }
});
