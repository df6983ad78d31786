import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { withInstallScripts } from './install-scripts.mjs';
import { root } from './process.mjs';

test('finds scripts and what npm would compile, with and without a scope', () => {
  const store = mkdtempSync(join(tmpdir(), 'facemorph-store-'));
  /** @type {(name: string, manifest: object, ...files: string[]) => void} */
  const add = (name, manifest, ...files) => {
    const folder = join(store, `${name.replace('/', '+')}@1.0.0`, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, ...manifest }));
    for (const file of files) writeFileSync(join(folder, file), '');
  };
  add('quiet', { scripts: { test: 'x', prepare: 'x' } });
  add('loud', { scripts: { postinstall: 'x' } });
  add('@scope/compiled', {}, 'binding.gyp');
  expect(withInstallScripts(store)).toEqual(['@scope/compiled', 'loud']);
  rmSync(store, { recursive: true });
});

test('every package with an install script was looked at, and none may run it', () => {
  const { allowBuilds } = parse(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'));
  expect(Object.values(allowBuilds).filter(Boolean)).toEqual([]);
  const found = withInstallScripts(join(root, 'node_modules', '.pnpm'));
  expect(found.length).toBeGreaterThan(0);
  const unknown = found.filter((name) => !(name in allowBuilds));
  expect(unknown, 'add these to allowBuilds in pnpm-workspace.yaml').toEqual([]);
});
