import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './process.mjs';
import { billOfMaterials } from './sbom.mjs';

const lock = `
importers:
  packages/a:
    dependencies:
      '@x/b': { specifier: 1.0.0, version: link:../b }
      c: { specifier: ^2.0.0, version: 2.1.0(d@3.0.0) }
    devDependencies:
      e: { specifier: 1.0.0, version: 1.0.0 }
  packages/b: {}
packages:
  c@2.1.0: { resolution: { integrity: sha512-AAEC } }
  d@3.0.0: { resolution: { integrity: sha512-AwQF } }
  e@1.0.0: { resolution: { integrity: sha512-BgcI } }
snapshots:
  c@2.1.0(d@3.0.0): { dependencies: { d: 3.0.0 } }
  d@3.0.0: { dependencies: { c: 2.1.0(d@3.0.0) } }
  e@1.0.0: {}
`;
const made = { serial: 'x', time: '2026-01-01T00:00:00.000Z' };

describe('billOfMaterials', () => {
  const roots = [
    { folder: 'packages/a', name: 'a', version: '1.0.0', license: 'MIT' },
    { folder: 'packages/b', name: '@x/b', version: '1.0.0', license: 'SEE LICENSE IN LICENSE' },
  ];
  const { components, dependencies } = billOfMaterials({
    lock,
    roots,
    licenceOf: (name) => (name === 'c' ? 'ISC' : undefined),
    ...made,
  });

  test('holds what is needed and nothing that is for development', () => {
    expect(components.map(({ purl }) => purl)).toEqual([
      'pkg:npm/%40x/b@1.0.0',
      'pkg:npm/a@1.0.0',
      'pkg:npm/c@2.1.0',
      'pkg:npm/d@3.0.0',
    ]);
  });

  test('says who needs whom, in circles too', () => {
    const needs = Object.fromEntries(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    expect(needs['pkg:npm/a@1.0.0']).toEqual(['pkg:npm/%40x/b@1.0.0', 'pkg:npm/c@2.1.0']);
    expect(needs['pkg:npm/d@3.0.0']).toEqual(['pkg:npm/c@2.1.0']);
  });

  test('has hashes in hexadecimal and licences as identifiers or names', () => {
    const [b, , c] = components;
    expect(c?.hashes).toEqual([{ alg: 'SHA-512', content: '000102' }]);
    expect(c?.licenses).toEqual([{ license: { id: 'ISC' } }]);
    expect(b?.licenses).toEqual([{ license: { name: 'SEE LICENSE IN LICENSE' } }]);
  });
});

test('the real lockfile: every component from the registry has a hash, every reference is there', () => {
  const { components, dependencies } = billOfMaterials({
    lock: readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'),
    roots: ['core', 'react', 'models', 'cli'].map((name) => ({
      folder: `packages/${name}`,
      name: name === 'cli' ? 'facemorph' : `@facemorph/${name}`,
      version: '0.0.0',
      license: 'MIT',
    })),
    licenceOf: () => undefined,
    ...made,
  });
  const known = new Set(components.map((item) => item['bom-ref']));
  for (const { ref, dependsOn } of dependencies) {
    for (const other of [ref, ...dependsOn]) expect(known).toContain(other);
  }
  const bare = components.filter(({ hashes }) => hashes[0]?.content.length !== 128);
  expect(bare.map(({ name }) => name)).toEqual([
    '@facemorph/core',
    '@facemorph/models',
    '@facemorph/react',
    '@facemorph/server',
    'facemorph',
  ]);
  expect(components.map(({ name }) => name)).toContain('onnxruntime-web');
});
