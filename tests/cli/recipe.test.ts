import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, facemorph, facemorphJson, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const [first, second, recipe] = [at('face-1.png'), at('face-2.png'), at('smile.json')];
const wide = at('wide.png');

beforeAll(async () => {
  await facemorph(['sample', '--count', '2', '--seed', '11', '-o', `${folder}/`]);
  const frame = { top: 20, bottom: 30, left: 90, right: 60, background: '#c0c0c0' };
  await sharp(first).extend(frame).toFile(wide);
  const change = ['--set', 'smiling=2', '--to', 'yaw=0', '--keep', 'male,young'];
  await facemorph(['edit', first, '-a', ...change, '--save-recipe', recipe, '-o', at('1.png')]);
});

describe('recipes', () => {
  it('hold the edit and where the face is, and no latent', () => {
    const { model, ...rest } = JSON.parse(readFileSync(recipe, 'utf8'));
    expect(model).toMatchObject({ id: 'facemorph-128', sha256: expect.stringMatching(/^\w{64}$/) });
    expect(rest).toEqual({
      format: 'facemorph-recipe',
      version: 1,
      face: { photo: { width: 128, height: 128 }, aligned: true },
      edits: [
        { name: 'smiling', strength: 2 },
        { name: 'yaw', value: 0 },
      ],
      keep: ['male', 'young'],
      mode: 'detail',
    });
  });

  it('give the same bytes when they are done again', async () => {
    await facemorph(['edit', first, '--recipe', recipe, '--same-photo', '-o', at('again.png')]);
    expect(readFileSync(at('again.png'))).toEqual(readFileSync(at('1.png')));
  });

  it('find the face of a photo again', async () => {
    const [out, saved] = [at('wide-1.png'), at('wide.json')];
    await facemorph(['edit', wide, '-s', 'beard=1.5', '--save-recipe', saved, '-o', out]);
    expect(JSON.parse(readFileSync(saved, 'utf8')).face.landmarks).toHaveLength(5);
    await facemorph(['edit', wide, '--recipe', saved, '--same-photo', '-o', at('wide-2.png')]);
    expect(readFileSync(at('wide-2.png'))).toEqual(readFileSync(out));
  });

  it('do for other photos, and tell each face its own', async () => {
    const args = ['edit', first, second, '-a', '--recipe', recipe, '--mode', 'face'];
    const { faces } = await facemorphJson([...args, '-o', at('others/')]);
    const recipes = (faces as { recipes: { edits: unknown; mode: string }[] }[]).map(
      (face) => face.recipes,
    );
    expect(recipes).toEqual([
      [expect.objectContaining({ mode: 'face' })],
      [expect.objectContaining({ mode: 'face' })],
    ]);
    expect(readdirSync(at('others'))).toEqual(['face-1.png', 'face-2.png']);
  });

  it('are refused with the reason', async () => {
    const good = JSON.parse(readFileSync(recipe, 'utf8'));
    const bad: [object, 1 | 2, RegExp][] = [
      [{ model: { id: 'x', sha256: 'b'.repeat(64) } }, 1, /belongs to model "x"/],
      [{ model: { id: 'x', sha256: 'b' } }, 1, /64 lower-case .* for model.sha256/],
      [{ version: 2 }, 1, /bad\.json: Expected at most 1 for version but received 2.*Update/],
      [{ edits: [{ name: 'smilling', strength: 1 }] }, 2, /Did you mean "smiling"/],
    ];
    for (const [change, code, message] of bad) {
      writeFileSync(at('bad.json'), JSON.stringify({ ...good, ...change }));
      const args = ['edit', first, '-a', '--recipe', at('bad.json'), '-o', at('none.png')];
      expectRefusal(await facemorph(args), code, message);
    }
    const edit = ['edit', wide, '--recipe', recipe, '-o', at('none.png')];
    for (const [args, code, message] of [
      [['--set', 'smiling=1'], 2, /recipe says what/],
      // Of several photos, another may be the one.
      [['--same-photo'], 1, /photo of 128x128, this one is 278x178/],
      [['--same-photo', '--face', '1'], 2, /says which face/],
      [['--save-recipe', at('r.txt')], 2, /ends in .json/],
      [['--save-recipe', at('r.json'), '--all-faces'], 2, /for one face/],
    ] as [string[], 1 | 2, RegExp][]) {
      expectRefusal(await facemorph([...edit, ...args]), code, message);
    }
    expect(readdirSync(folder)).not.toContain('none.png');
  });
});
