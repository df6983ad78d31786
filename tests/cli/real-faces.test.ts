import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { facemorphJson, temporaryFolder } from './command-line.js';

const faces = fileURLToPath(new URL('../../../shared/data/samples/aligned', import.meta.url));
const present = existsSync(faces);
if (!present) console.warn(`!!! Real faces are not tested: there is no ${faces}`);

/** Edits are checked where they can be seen to count: encoded again, the face must score higher. */
describe.skipIf(!present)('edits of real faces', () => {
  const folder = temporaryFolder();

  it.each(['smiling', 'blond_hair', 'beard'])(
    '%s=2 moves the score of the picture',
    async (name) => {
      const files = readdirSync(faces).filter((file) => /\.jpg$/.test(file));
      const inputs = files.slice(0, 8).map((file) => join(faces, file));
      const out = join(folder, name);
      const { faces: edited } = await facemorphJson([
        'edit',
        ...inputs,
        '--aligned',
        '--set',
        `${name}=2`,
        '-o',
        `${out}/`,
      ]);
      const again = readdirSync(out).map((file) => join(out, file));
      const { faces: measured } = await facemorphJson([
        'edit',
        ...again,
        '--aligned',
        '--set',
        `${name}=0`,
        '-o',
        join(folder, `${name}-again/`),
      ]);
      const scores = (list: unknown): number[] =>
        (list as { before: Record<string, number> }[]).map(({ before }) => before[name] as number);
      const gain = mean(scores(measured)) - mean(scores(edited));
      expect(gain).toBeGreaterThan(0.5);
    },
  );
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
