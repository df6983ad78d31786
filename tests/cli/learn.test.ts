import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Face, FaceMorph } from '@facemorph/core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  expectRefusal,
  facemorph,
  facemorphJson,
  modelFolder,
  temporaryFolder,
} from './command-line.js';

const folder = temporaryFolder();
const at = (...names: string[]): string => join(folder, ...names);
const photo = at('face.json');

/** Faces that were made up, as latent files: those that smile most, and least. */
beforeAll(async () => {
  const fm = await FaceMorph.load({ model: modelFolder });
  const model = fm.attributes.model;
  const write = (path: string, { latent }: Face): void => {
    const numbers = Buffer.from(latent.buffer, latent.byteOffset, latent.byteLength);
    const file = {
      format: 'facemorph-latent',
      version: 1,
      model,
      latent: numbers.toString('base64'),
    };
    writeFileSync(path, JSON.stringify(file));
  };
  for (const name of ['some', 'others', 'one', 'empty']) mkdirSync(at(name));
  const smile = (face: Face): number => face.measure().smiling as number;
  const faces = (await fm.sample({ count: 80, seed: 2 })).sort((a, b) => smile(b) - smile(a));
  const table = ['picture,smile'];
  for (const [i, face] of faces.entries()) {
    const side = i < 20 ? 'some' : i >= 60 ? 'others' : undefined;
    if (side === undefined) continue;
    write(at(side, `${i}.json`), face);
    table.push(`${side}/${i}.json,${smile(face).toFixed(2)}`);
  }
  writeFileSync(at('table.csv'), table.join('\r\n'));
  writeFileSync(at('bad.csv'), 'picture,smile\nsome/0.json,NaN\n');
  write(at('one', '1.json'), faces[40] as Face);
  write(photo, faces[41] as Face);
  await fm.dispose();
});

describe('learn', () => {
  it('makes an attribute of two folders, which edits a face', async () => {
    const learned = at('my-smile.json');
    const args = ['learn', '--with', at('some'), '--without', at('others'), '-o', learned];
    const report = await facemorphJson(args);
    expect(report).toMatchObject({
      command: 'learn',
      outputs: [learned],
      attribute: { name: 'my_smile', label: 'my_smile', method: 'learned' },
      faces: 40,
      skipped: [],
    });
    expect(report.auroc).toBeGreaterThan(0.8);
    const edit = [
      'edit',
      photo,
      '--attributes',
      learned,
      '--set',
      'my_smile=2',
      '-o',
      at('e.json'),
    ];
    const { faces } = await facemorphJson(edit);
    const [{ reached }] = faces as [{ reached: Record<string, number> }];
    expect(reached.my_smile).toBeCloseTo(2, 2);
  });

  it('takes numbers in a table', async () => {
    const args = [
      'learn',
      '--numbers',
      at('table.csv'),
      '--name',
      'how_much',
      '--label',
      'How much',
    ];
    const { code, stdout } = await facemorph([...args, '-o', at('n.json')]);
    expect(code).toBe(0);
    expect(stdout.toString()).toMatch(/^how_much \(How much\), learned from 40 faces/);
    const { attributes } = JSON.parse(readFileSync(at('n.json'), 'utf8'));
    expect(attributes).toHaveLength(1);
  });

  it('says what is wrong with the examples, and writes nothing', async () => {
    const out = ['-o', at('none.json')];
    const learn = async (...args: string[]) => facemorph(['learn', ...args, ...out]);
    expectRefusal(
      await learn('--with', at('one'), '--without', at('others')),
      1,
      /two different faces or more for with but received 1/,
    );
    expectRefusal(
      await learn('--with', at('some'), '--without', at('some')),
      1,
      /other faces than in with for without\[0\]/,
    );
    expectRefusal(await learn('--with', at('empty'), '--without', at('some')), 1, /no pictures/);
    expectRefusal(await learn('--with', at('gone'), '--without', at('some')), 1, /Cannot read/);
    expectRefusal(await learn('--numbers', at('bad.csv')), 1, /bad\.csv, line 2/);
    expectRefusal(await learn('--with', at('some')), 2, /both kinds/);
    expectRefusal(
      await learn('--numbers', at('table.csv'), '--name', 'My'),
      2,
      /cannot be the name/,
    );
    expect(existsSync(at('none.json'))).toBe(false);
  });
});
