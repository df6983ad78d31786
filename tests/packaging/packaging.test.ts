import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asCommonJs, createProject, execute, firstBlock, type Project } from './project.js';

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

describe('the first lines of each README', () => {
  test.each(['core', 'models'])('%s: run as an ES module', async (folder) => {
    project.write(`${folder}.mjs`, firstBlock(folder, 'js'));
    expect(await project.node(`${folder}.mjs`)).toMatchObject(clean);
  });

  test.each(['core', 'models'])('%s: run as CommonJS', async (folder) => {
    project.write(`${folder}.cjs`, asCommonJs(firstBlock(folder, 'js')));
    expect(await project.node(`${folder}.cjs`)).toMatchObject(clean);
  });

  test('core: write the picture they promise', () => {
    const png = readFileSync(join(project.directory, 'smile.png'));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });

  test('cli: every command runs', async () => {
    const bin = join(project.directory, 'node_modules', '.bin', 'facemorph');
    const lines = firstBlock('cli', 'sh')
      .split('\n')
      .filter((line) => line.startsWith('npx facemorph '));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const args = line.replace('npx facemorph ', '').split(' ');
      const { code, stderr } = await execute(bin, args, project.directory);
      // The command reports on stderr what it wrote and which backend it used; no failure, no trace.
      expect({ line, code, stderr }).toEqual({
        line,
        code: 0,
        stderr: expect.not.stringMatching(/error|^\s+at /im),
      });
      const output = args.at(args.indexOf('-o') + 1);
      if (args.includes('-o'))
        expect(statSync(join(project.directory, output ?? '')).size).toBeGreaterThan(0);
    }
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

  test('core does not bring onnxruntime-node along', () => {
    expect(existsSync(join(project.directory, 'node_modules', 'onnxruntime-node'))).toBe(false);
  });
});
