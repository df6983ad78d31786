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
  for (const name of ['some', 'others', 'one', 'empty', 'tables']) mkdirSync(at(name));
  const smile = (face: Face): number => face.measure().smiling as number;
  const faces = (await fm.sample({ count: 80, seed: 2 })).sort((a, b) => smile(b) - smile(a));
  const table = ['picture;who;smile'];
  const chance: string[] = [];
  for (const [i, face] of faces.entries()) {
    const side = i < 20 ? 'some' : i >= 60 ? 'others' : undefined;
    if (side === undefined) continue;
    write(at(side, `${i}.json`), face);
    table.push(`${side}/${i}.json;"nobody; made up";${smile(face).toFixed(2)}`);
    chance.push(`${side}/${i}.json,${(i * 7919) % 101}`);
  }
  writeFileSync(at('tables', 'table.csv'), table.join('\r\n'));
  writeFileSync(at('chance.csv'), chance.join('\n'));
  writeFileSync(at('nan.csv'), 'picture,smile\nsome/0.json,NaN\n');
  writeFileSync(at('few.csv'), chance.slice(0, 4).join('\n'));
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
    const shown = await facemorph(['attributes', 'show', 'my_smile', '--attributes', learned]);
    // No picture was drawn to find that out.
    expect(shown.stdout.toString()).toMatch(/also moves, for a strength of 1 \(by the probes\)/);
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

  it('takes numbers in a table, by column, from a folder', async () => {
    const labels = ['learn', '--labels', at('tables', 'table.csv'), '--column', 'smile'];
    const report = await facemorphJson([...labels, folder, '-o', at('n.json')]);
    expect(report).toMatchObject({ attribute: { name: 'n', method: 'learned' }, faces: 40 });
    expect(report).not.toHaveProperty('auroc');
    expect(report.correlation).toBeGreaterThan(0.5);
    expect(report.chance).toBeLessThan(0.05);
    const { attributes } = JSON.parse(readFileSync(at('n.json'), 'utf8'));
    expect(attributes).toHaveLength(1);
    expect(attributes[0].evidence.correlation).toBe(report.correlation);
    const edit = ['edit', photo, '--attributes', at('n.json'), '--set', 'n=1', '-o', at('m.json')];
    const [{ reached }] = (await facemorphJson(edit)).faces as [{ reached: { n: number } }];
    expect(reached.n).toBeCloseTo(1, 2);
  });

  it('takes the second column beside the pictures, and says when it is chance', async () => {
    const { code, stdout, stderr } = await facemorph([
      ...['learn', '--labels', at('chance.csv'), '--name', 'how_much', '--label', 'How much'],
      ...['-o', at('c.json')],
    ]);
    expect(code).toBe(0);
    expect(stdout.toString()).toMatch(/^how_much \(How much\), learned from 40 faces/);
    expect(stdout.toString()).toMatch(/correlation +-?0\.[0-3]\d \(on held-out faces, 0 is chance/);
    expect(stderr).toMatch(/this may be chance.*number stands with its own face/);
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
      /another face than (\S+\.json) for \1 but received "the same"/,
    );
    expectRefusal(await learn('--with', at('empty'), '--without', at('some')), 1, /no pictures/);
    expectRefusal(await learn('--with', at('gone'), '--without', at('some')), 1, /Cannot read/);
    const table = (name: string, ...args: string[]) => learn('--labels', at(name), ...args);
    expectRefusal(await table('nan.csv'), 1, /nan\.csv, line 2: .*not "some.0\.json" and "NaN"/);
    expectRefusal(await table('few.csv'), 1, /five different faces or more .* received 4/);
    expectRefusal(await learn('--with', at('some')), 2, /both kinds/);
    expectRefusal(await learn('--column', 'smile'), 2, /belong to a table/);
    expectRefusal(await table('nan.csv', '--with', at('some')), 2, /takes the place of/);
    expectRefusal(await table('chance.csv', '--name', 'My'), 2, /cannot be the name/);
    expect(existsSync(at('none.json'))).toBe(false);
  });
});
