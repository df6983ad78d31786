import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePhotos } from './photos.js';
import { blocksOf, createProject, execute, type Project, root } from './project.js';

/** Guides as written: the JavaScript blocks of a page are one program, run from packed packages. */
const guides = join(root, 'docs', 'guides');
const pages = readdirSync(guides).filter((name) => name.endsWith('.md'));

let project: Project;
beforeAll(async () => {
  project = await createProject(['models', 'core', 'server', 'cli'], ['sharp@0.35.5']);
  const modules = join(project.directory, 'node_modules');
  cpSync(
    join(modules, '@facemorph/models/weights/facemorph-128'),
    join(project.directory, 'model'),
    {
      recursive: true,
    },
  );
  await makePhotos(project);
});
afterAll(() => project?.dispose());

const programOf = (page: string): string => blocksOf(`docs/guides/${page}`, 'js').join('\n');

const commandsOf = (page: string): string[] =>
  blocksOf(`docs/guides/${page}`, 'sh')
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.startsWith('facemorph '));

test.each(pages.filter((page) => programOf(page) !== ''))(
  '%s: its JavaScript runs',
  async (page) => {
    const file = `${page}.mjs`;
    project.write(file, programOf(page));
    const { code, stderr } = await project.node(file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  },
);

test.each(pages.filter((page) => commandsOf(page).length > 0))(
  '%s: its commands run',
  async (page) => {
    const bin = join(project.directory, 'node_modules', '.bin', 'facemorph');
    for (const line of commandsOf(page)) {
      const ended = await execute(bin, line.split(' ').slice(1), project.directory);
      expect({ line, code: ended.code }).toEqual({ line, code: 0 });
    }
  },
);
