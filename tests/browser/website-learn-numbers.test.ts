import { type Face, FaceMorph } from '@facemorph/core';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from './support/chromium.js';
import {
  paintedFace,
  setSlider,
  settle,
  sliderOf,
  waitForChange,
  waitForFace,
} from './support/studio.js';
import { useVisits } from './support/visits.js';

/** A change that nobody overlooks, in levels of 0..255 over the whole picture. */
const NOTICEABLE = 2;
/** So many faces are looked at, and the ends of them taken: the middle says little about a smile. */
const LOOKED_AT = 80;
const END = 12;
const COUNT = 2 * END;

/** A photo, and how much its face smiles. */
interface Shot {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
  readonly smile: number;
}

describe.skipIf(withoutBrowser)('a slider from photos with numbers', () => {
  const { visit } = useVisits();
  let shots: readonly Shot[];
  beforeAll(async () => {
    const fm = await FaceMorph.load();
    const smileOf = (face: Face): number => face.measure().smiling ?? 0;
    const sorted = (await fm.sample({ count: LOOKED_AT, seed: 5 })).sort(
      (a, b) => smileOf(a) - smileOf(b),
    );
    shots = await Promise.all(
      [...sorted.slice(0, END), ...sorted.slice(-END)].map(async (face, i) => {
        const { data, width, height } = await face.render();
        const raw = { width, height, channels: 4 as const };
        // A margin as around the face in a photo.
        const margin = { top: 48, bottom: 48, left: 48, right: 48, extendWith: 'copy' as const };
        const buffer = await sharp(data, { raw }).extend(margin).png().toBuffer();
        return { name: `face ${i}.png`, mimeType: 'image/png', buffer, smile: smileOf(face) };
      }),
    );
    await fm.dispose();
  });

  const tableOf = (numberOf: (shot: Shot, index: number) => number): string =>
    ['photo;smile', ...shots.map((shot, i) => `${shot.name};${numberOf(shot, i)}`)].join('\r\n');

  test('is learned and tried; numbers that say nothing are called chance', async () => {
    const { page } = await visit({ hash: '#/learn' });
    await page.getByRole('radio', { name: 'Photos with numbers' }).check({ timeout: 60_000 });
    await page.waitForURL(/#\/learn\?by=numbers$/);
    await page.getByLabel('Photos to learn from').setInputFiles([...shots]);
    await page.getByLabel('A table').setInputFiles({
      name: 'smiles.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${tableOf(({ smile }) => smile)}\r\nnobody.jpg;3\r\nface 1.png;old`),
    });
    const standing = page.getByRole('status').filter({ hasText: `${COUNT} photos have their` });
    await standing.waitFor({ timeout: 120_000 });
    expect(await standing.textContent()).toContain('Not among the photos: nobody.jpg.');
    expect(await standing.textContent()).toContain(`line ${COUNT + 3}.`);

    await page.getByRole('textbox', { name: 'Name' }).fill('Cheer');
    await page.getByRole('button', { name: 'Learn it' }).click();
    await waitForFace(page);
    await settle(page);
    const before = await paintedFace(page);
    await setSlider(sliderOf(page, 'Cheer'), 2);
    await waitForChange(page, before, NOTICEABLE);
    const learned = page.getByRole('region', { name: 'What was learned' });
    const words = (await learned.textContent()) ?? '';
    expect(Number(/([-\d.]+) correlation/.exec(words)?.[1])).toBeGreaterThan(0.3);
    expect(words).not.toContain('may be chance');

    const numbers = page.getByRole('textbox', { name: 'A photo and its number on each line' });
    await numbers.fill(tableOf((_, i) => (i * 7919) % 101));
    await learned.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Learn it' }).click();
    await learned.getByText('may be chance').waitFor();

    // The photos are still there after a look at the other way.
    await page.getByRole('radio', { name: 'Two piles' }).check();
    await page.getByRole('radio', { name: 'Photos with numbers' }).check();
    await page.getByRole('heading', { name: `Photos ${COUNT}` }).waitFor();
    await page.getByRole('button', { name: 'Take face 3.png, ' }).click();
    await page.getByRole('heading', { name: `Photos ${COUNT - 1}` }).waitFor();
  });
});
