import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProject, type Project } from './project.js';

const clean = { code: 0, stderr: '' };
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** sharp, as the README of core says; no onnxruntime-node: Node then runs on onnxruntime-web. */
let project: Project;

beforeAll(async () => {
  project = await createProject(['models', 'core', 'server', 'cli'], ['sharp@0.35.5']);
});

afterAll(() => project?.dispose());

describe.each([
  '@facemorph/core',
  '@facemorph/core/node',
  '@facemorph/core/testing',
  '@facemorph/core/mediapipe',
  '@facemorph/core/c2pa',
  '@facemorph/models',
  '@facemorph/server',
])('%s', (name) => {
  test('is imported by an ES module, without a word on stderr', async () => {
    const script = `import * as m from '${name}'; console.log(Object.keys(m).length > 0)`;
    const ended = await project.node('--input-type=module', '-e', script);
    expect(ended).toEqual({ ...clean, stdout: 'true\n' });
  });

  test('is required by CommonJS', async () => {
    const script = `console.log(Object.keys(require('${name}')).length > 0)`;
    expect(await project.node('-e', script)).toEqual({ ...clean, stdout: 'true\n' });
  });

  test('is imported dynamically by CommonJS', async () => {
    const script = `import('${name}').then((m) => console.log(Object.keys(m).length > 0))`;
    expect(await project.node('-e', script)).toEqual({ ...clean, stdout: 'true\n' });
  });

  test('is imported under React Server Components', async () => {
    const script = `import * as m from '${name}'; console.log(Object.keys(m).length > 0)`;
    const args = ['--conditions=react-server', '--input-type=module', '-e', script];
    expect(await project.node(...args)).toEqual({ ...clean, stdout: 'true\n' });
  });
});

describe('types', () => {
  const consumer = `
import { FaceMorph, FaceMorphError } from '@facemorph/core';
import type { Pixels } from '@facemorph/core';
import { defaultModel } from '@facemorph/models';
export async function smile(): Promise<Pixels> {
  const fm: FaceMorph = await FaceMorph.load({ model: defaultModel });
  const [face] = await fm.sample({ count: 1, seed: 7 });
  if (face === undefined) throw new FaceMorphError('NO_FACE', 'no face');
  return (await face.edit({ smiling: 2 })).pixels();
}
`;
  const wrong = `${consumer}
// @ts-expect-error a strength is a number
export const bad = (await (await FaceMorph.load()).sample())[0]?.edit({ smiling: 'much' });
`;
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2022',
    lib: ['es2023', 'dom', 'esnext.disposable'],
    types: [],
  };

  test.each([
    ['node16', 'consumer.mts', wrong],
    ['node16', 'consumer.cts', consumer],
    ['bundler', 'consumer.ts', wrong],
  ])('resolve under %s in %s', async (moduleResolution, file, text) => {
    const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
    const options = { ...compilerOptions, module, moduleResolution };
    project.write(file, text);
    project.write('tsconfig.json', JSON.stringify({ compilerOptions: options, files: [file] }));
    expect(await project.node(tsc, '-p', '.')).toEqual({ ...clean, stdout: '' });
  });
});

describe('what is published', () => {
  test.each(['@facemorph/core', '@facemorph/models', '@facemorph/server', 'facemorph'])(
    '%s has a README and a licence, and no tests or sources',
    (name) => {
      const folder = join(project.directory, 'node_modules', name);
      for (const file of ['README.md', 'LICENSE'])
        expect(existsSync(join(folder, file))).toBe(true);
      for (const file of ['src', 'training', 'tsconfig.json']) {
        expect(existsSync(join(folder, file))).toBe(false);
      }
    },
  );

  test.each(['attributes', 'recipe'])(
    'the JSON Schema %s is at its public address',
    async (name) => {
      const script = `console.log(typeof require('@facemorph/core/${name}.schema.json').title)`;
      expect(await project.node('-e', script)).toEqual({ ...clean, stdout: 'string\n' });
    },
  );

  test('core does not bring its optional peers along, and names the one that is missing', async () => {
    for (const name of ['onnxruntime-node', '@contentauth/c2pa-node']) {
      expect(existsSync(join(project.directory, 'node_modules', name))).toBe(false);
    }
    const script = `
      import { signCredentials } from '@facemorph/core/c2pa';
      const options = { type: 'image/png', provenance: 'generated', signer: { getHandle() {} } };
      await signCredentials(new Uint8Array(1), options).catch(({ code, hint }) => console.log(code, hint));
    `;
    const ended = await project.node('--input-type=module', '-e', script);
    const stdout = 'DEPENDENCY_MISSING npm i @contentauth/c2pa-node\n';
    expect(ended).toEqual({ ...clean, stdout });
  });
});
