import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, facemorph, facemorphJson, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const photo = at('photo.png');
/** Two faces of nobody in one picture: where each 128 px frame lies, and by how much it is enlarged. */
const PLACES = [
  { left: 90, top: 60, side: 320 },
  { left: 560, top: 130, side: 224 },
];

interface Found {
  readonly landmarks: readonly (readonly [number, number])[];
  readonly box: { readonly x: number; readonly y: number; readonly width: number };
}

beforeAll(async () => {
  await facemorph(['sample', '--count', '2', '--seed', '11', '-o', `${folder}/`]);
  const faces = await Promise.all(
    PLACES.map(async ({ left, top, side }, i) => ({
      input: await sharp(at(`face-${i + 1}.png`))
        .resize(side)
        .png()
        .toBuffer(),
      left,
      top,
    })),
  );
  await sharp({ create: { width: 900, height: 520, channels: 3, background: '#9a8f86' } })
    .composite(faces)
    .png()
    .toFile(photo);
});

describe('locate', () => {
  it('finds both faces, the larger first, within a tenth of the distance of the eyes', async () => {
    const { photos } = await facemorphJson(['locate', photo]);
    const [{ faces }] = photos as [{ faces: Found[] }];
    expect(faces).toHaveLength(2);
    for (const [i, { left, top, side }] of PLACES.entries()) {
      const scale = side / 128;
      const [leftEye, rightEye] = faces[i]!.landmarks;
      const off = [
        [leftEye!, [48, 58]],
        [rightEye!, [80, 58]],
      ].map(([found, eye]) =>
        Math.hypot(found![0]! - (left + eye![0]! * scale), found![1]! - (top + eye![1]! * scale)),
      );
      for (const distance of off) expect(distance).toBeLessThan(0.2 * 32 * scale);
    }
    const { stdout } = await facemorph(['locate', photo]);
    expect(stdout.toString()).toMatch(/face 1, \d+ px at .*\n.*face 2, /);
  });

  it('says so when there is none', async () => {
    const blank = at('blank.png');
    await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888' } })
      .png()
      .toFile(blank);
    const { code, stdout } = await facemorph(['locate', blank]);
    expect([code, stdout.toString()]).toEqual([0, `${blank}: no face\n`]);
  });
});

describe('edit of a photo', () => {
  const raw = async (path: string) =>
    sharp(path).removeAlpha().raw().toBuffer({ resolveWithObject: true });

  /** Whether anything changed in the columns from..to. */
  async function changed(path: string, from: number, to: number): Promise<boolean> {
    const [a, b] = await Promise.all([raw(photo), raw(path)]);
    expect([b.info.width, b.info.height]).toEqual([900, 520]);
    return a.data.some(
      (value, i) =>
        Math.floor(i / 3) % 900 >= from && Math.floor(i / 3) % 900 < to && value !== b.data[i],
    );
  }

  it('changes the largest face, another one, or all, and nothing else', async () => {
    const edit = ['edit', photo, '-s', 'smiling=2'];
    await facemorph([...edit, '-o', at('largest.png')]);
    await facemorph([...edit, '--face', '2', '-o', at('second.png')]);
    await facemorph([...edit, '--all-faces', '-o', at('all.png')]);
    const sides = async (name: string) => [
      await changed(at(name), 0, 480),
      await changed(at(name), 480, 900),
    ];
    expect(await sides('largest.png')).toEqual([true, false]);
    expect(await sides('second.png')).toEqual([false, true]);
    expect(await sides('all.png')).toEqual([true, true]);
  });

  it('with strength 0 is the photo, pixel for pixel', async () => {
    await facemorph(['edit', photo, '-s', 'smiling=0', '--all-faces', '-o', at('same.png')]);
    expect((await raw(at('same.png'))).data).toEqual((await raw(photo)).data);
  });

  it('refuses a face that is not there, and options that contradict each other', async () => {
    const edit = ['edit', photo, '-s', 'smiling=2', '-o', at('none.png')];
    expectRefusal(await facemorph([...edit, '--face', '9']), 1, /no face 9\. Faces found: 2;/);
    for (const more of [
      ['--face', '0'],
      ['--face', '2', '--aligned'],
      ['--face', '2', '--all-faces'],
      ['--mode', 'face', '--all-faces'],
    ]) {
      expect((await facemorph([...edit, ...more])).code).toBe(2);
    }
    expect(existsSync(at('none.png'))).toBe(false);
  });
});

const samples = fileURLToPath(new URL('../../../shared/data/samples/photos', import.meta.url));
const present = existsSync(join(samples, 'landmarks.json'));
if (!present) console.warn(`!!! Real photos are not tested: there is no ${samples}`);

describe.skipIf(!present)('real photos', () => {
  it('finds every face that the teacher found, near its landmarks', async () => {
    const truth: { file: string; faces: { lm: [number, number][] }[] }[] = JSON.parse(
      readFileSync(join(samples, 'landmarks.json'), 'utf8'),
    );
    const inputs = truth.map(({ file }) => join(samples, file));
    const { photos } = await facemorphJson(['locate', ...inputs]);
    const errors = truth.flatMap(({ faces }, i) =>
      faces.map(({ lm }) => {
        const eyes = Math.hypot(lm[0]![0] - lm[1]![0], lm[0]![1] - lm[1]![1]);
        const found = (photos as { faces: Found[] }[])[i]!.faces.map(
          ({ landmarks }) =>
            landmarks.reduce(
              (sum, [x, y], k) => sum + Math.hypot(x - lm[k]![0], y - lm[k]![1]) / 5,
              0,
            ) / eyes,
        );
        return Math.min(...found);
      }),
    );
    for (const error of errors) expect(error).toBeLessThan(0.3);
    expect(errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)]).toBeLessThan(0.12);
  });
});
