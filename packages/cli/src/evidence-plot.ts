import type { Pixels } from '@facemorph/core';
import sharp from 'sharp';
import { type Evidence, signed } from './evidence.js';

/** A face as it is at a strength. */
export interface Step {
  readonly strength: number;
  readonly face: Pixels;
}

const FACE = 128;
const GAP = 8;
const EDGE = 24;
const ROW = 26;
const BAR = 320;
const LABELS = 190;

/**
 * The evidence as a picture: what the attribute does to a face, and how well.
 * @param steps - Of one size, {@link FACE} px.
 */
export async function plotEvidence(
  title: string,
  steps: readonly Step[],
  evidence: Evidence,
): Promise<Pixels> {
  const width = 2 * EDGE + steps.length * (FACE + GAP) - GAP;
  const top = 64 + FACE + 48;
  const { shares, also } = evidence;
  const height = top + (shares.length + also.length) * ROW + (also.length > 0 ? 2 * ROW : 0) + EDGE;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="14" fill="#222">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${EDGE}" y="40" font-size="20" font-weight="bold">${escapeText(title)}</text>`,
    ...steps.map(({ strength }, i) =>
      text(left(i) + FACE / 2, 64 + FACE + 20, signed(strength), 'middle'),
    ),
    ...shares.map(({ name, value, says }, i) => shareRow(top + i * ROW, name, value, says)),
    ...(also.length > 0 ? movements(top + (shares.length + 1) * ROW, evidence) : []),
    '</svg>',
  ].join('');
  const composites = steps.map(({ face }, i) => ({
    input: Buffer.from(face.data.buffer, face.data.byteOffset, face.data.byteLength),
    raw: { width: face.width, height: face.height, channels: 4 as const },
    left: left(i),
    top: 64,
  }));
  const { data, info } = await sharp(Buffer.from(svg))
    .composite(composites)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) };
}

function left(index: number): number {
  return EDGE + index * (FACE + GAP);
}

function shareRow(y: number, name: string, value: number, says: string): string {
  const x = EDGE + LABELS;
  return [
    text(EDGE, y + 15, name),
    box(x, y + 3, BAR, 14, '#eee'),
    box(x, y + 3, BAR * Math.min(Math.max(value, 0), 1), 14, '#3567c4'),
    text(x + BAR + 12, y + 15, `${value.toFixed(2)}  ${says}`),
  ].join('');
}

/** Bars to both sides of a middle line; they end at a movement of 1. */
function movements(y: number, { also, measured }: Evidence): string[] {
  const middle = EDGE + LABELS + BAR / 2;
  const source = measured ? 'measured on pictures' : 'by the probes';
  return [
    text(EDGE, y + 15, `also moves, for a strength of 1 (${source})`),
    ...also.flatMap(({ name, by }, i) => {
      const at = y + (i + 1) * ROW;
      const length = (Math.min(Math.abs(by), 1) * BAR) / 2;
      return [
        text(EDGE, at + 15, name),
        box(by < 0 ? middle - length : middle, at + 3, length, 14, '#c47a35'),
        box(middle - 0.5, at, 1, 20, '#888'),
        text(EDGE + LABELS + BAR + 12, at + 15, signed(by)),
      ];
    }),
  ];
}

function text(x: number, y: number, words: string, anchor = 'start'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escapeText(words)}</text>`;
}

function box(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}

function escapeText(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
