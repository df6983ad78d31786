import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../scripts/lib/process.mjs';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const benches = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file] = /^node (bench\/\S+\.mjs)$/.exec(command) ?? [];
  return file === undefined ? [] : [{ name, file }];
});

test.each(benches)('npm run $name tells of itself before all else', ({ name, file }) => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(text.startsWith('// ')).toBe(true);
  expect(text.slice(0, text.indexOf('\nimport'))).toContain(`npm run ${name}`);
  expect(/^import .*$/m.exec(text)?.[0]).toBe("import './help.mjs';");
});

test('--help prints the comment that a script begins with', () => {
  const { stdout, status } = spawnSync(process.execPath, [join(root, 'bench/pool.mjs'), '--help'], {
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^`npm run bench:pool`: .*\n[^/]*--quick/);
});
