import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePhotos } from './photos.js';
import { asCommonJs, blocksOf, createProject, execute, type Project } from './project.js';

/** Every block of every README as it is written, in an empty folder with the packed packages. */
const readmes = [
  'README.md',
  ...['core', 'models', 'server', 'cli'].map((name) => `packages/${name}/README.md`),
];
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const clean = { code: 0, stderr: '' };

/** What a block about a page takes for granted there. */
const PAGE = `
globalThis.slider = {};
globalThis.draw = ({ width }) => { if (!(width > 0)) throw new Error('No picture was drawn'); };
`;

let project: Project;
beforeAll(async () => {
  project = await createProject(
    ['models', 'core', 'server', 'cli', 'react'],
    ['sharp@0.35.5', 'react@19', 'react-dom@19', '@types/react@19', 'mediabunny@1'],
  );
  project.write('page.mjs', PAGE);
  await makePhotos(project);
});
afterAll(() => project?.dispose());

/** Programs: a block that imports begins one, others go on with that before them. */
function programsOf(page: string): string[] {
  const programs: string[] = [];
  for (const block of blocksOf(page, 'js')) {
    if (block.startsWith('import ') || programs.length === 0) programs.push(block);
    else programs.push(`${programs.pop()}\n${block}`);
  }
  return programs;
}

/** Lines such as `npx facemorph sample`; a server that is started goes on, and has tests of its own. */
function commandsOf(page: string): string[] {
  return [...blocksOf(page, 'sh'), ...blocksOf(page, 'console')]
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/^\$ /, '').replace(/\s+#.*$/, ''))
    .filter((line) => line.startsWith('npx facemorph ') && !line.startsWith('npx facemorph serve'));
}

test.each(readmes.filter((page) => programsOf(page).length > 0))(
  '%s: its JavaScript runs, in modules and in CommonJS',
  async (page) => {
    for (const program of programsOf(page)) {
      project.write('readme.mjs', program);
      project.write('readme.cjs', asCommonJs(program));
      for (const file of ['readme.mjs', 'readme.cjs']) {
        expect(await project.node('--import', './page.mjs', file)).toMatchObject(clean);
      }
    }
  },
);

test.each(readmes.filter((page) => commandsOf(page).length > 0))(
  '%s: its commands run',
  async (page) => {
    const bin = join(project.directory, 'node_modules', '.bin', 'facemorph');
    for (const line of commandsOf(page)) {
      const args = line.replace('npx facemorph ', '').split(' ');
      const output = args.includes('-o') ? args[args.indexOf('-o') + 1] : undefined;
      if (output) rmSync(join(project.directory, output), { force: true });
      const { code, stderr } = await execute(bin, args, project.directory);
      // The command says on stderr what it wrote and which backend it used; no failure, no trace.
      expect({ line, code, stderr }).toEqual({
        line,
        code: 0,
        stderr: expect.not.stringMatching(/error|^\s+at /im),
      });
      if (output) expect(statSync(join(project.directory, output)).size).toBeGreaterThan(0);
    }
  },
);

test('the picture that the first lines promise is one', () => {
  const png = readFileSync(join(project.directory, 'smile.png'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
});

describe('packages/react/README.md', () => {
  test('its components are right for TypeScript, and render on a server', async () => {
    const files = blocksOf('packages/react/README.md', 'tsx').map((block, i) => {
      const use = `import { FaceMorpher } from '@facemorph/react';\nexport const use = ${block}`;
      project.write(`block-${i}.tsx`, block.startsWith('<') ? use : block);
      return `block-${i}.tsx`;
    });
    expect(files.length).toBeGreaterThan(2);
    const compilerOptions = {
      outDir: 'compiled',
      strict: true,
      jsx: 'react-jsx',
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2023', 'dom', 'esnext.disposable'],
      types: [],
      skipLibCheck: true,
    };
    project.write('css.d.ts', "declare module '*.css';");
    project.write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions, files: ['css.d.ts', ...files] }),
    );
    expect(await project.node(tsc, '-p', '.')).toEqual({ ...clean, stdout: '' });

    // Style sheets are for bundlers.
    const app = readFileSync(join(project.directory, 'compiled', 'block-0.js'), 'utf8');
    project.write('app.mjs', app.replace("import '@facemorph/react/styles.css';", ''));
    const render = `
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { App } from './app.mjs';
console.log(renderToString(createElement(App)).includes('data-status="loading"'));`;
    project.write('render.mjs', render);
    expect(await project.node('render.mjs')).toEqual({ ...clean, stdout: 'true\n' });
  });

  test('the package is imported and required without a word, and has its styles', async () => {
    const isThere = "console.log('FaceMorpher' in m)";
    const module = `import * as m from '@facemorph/react'; ${isThere}`;
    const common = `const m = require('@facemorph/react'); ${isThere}`;
    for (const args of [
      ['--input-type=module', '-e', module],
      ['-e', common],
    ]) {
      expect(await project.node(...args)).toEqual({ ...clean, stdout: 'true\n' });
    }
    const folder = join(project.directory, 'node_modules/@facemorph/react');
    for (const file of ['README.md', 'LICENSE', 'dist/styles.css']) {
      expect(existsSync(join(folder, file)), file).toBe(true);
    }
  });
});
