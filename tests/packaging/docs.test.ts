import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProject, execute, type Project, root } from './project.js';

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
  await makePhotos();
});
afterAll(() => project?.dispose());

/** Photos that the guides speak of: faces that nobody has, each in a larger picture. */
async function makePhotos(): Promise<void> {
  const bin = join(project.directory, 'node_modules', '.bin', 'facemorph');
  const { code } = await execute(
    bin,
    ['sample', '-n', '2', '--seed', '7', '-o', 'faces/'],
    project.directory,
  );
  expect(code).toBe(0);
  for (const [i, name] of ['photo.jpg', 'a.jpg', 'b.jpg'].entries()) {
    const face = await sharp(join(project.directory, 'faces', `face-${(i % 2) + 1}.png`))
      .resize(256)
      .toBuffer();
    await sharp({ create: { width: 480, height: 400, channels: 3, background: '#8a9aa8' } })
      .composite([{ input: face, left: 112, top: 72 }])
      .jpeg()
      .toFile(join(project.directory, name));
  }
}

function read(page: string): string {
  return readFileSync(join(guides, page), 'utf8');
}

function blocks(text: string, language: string): string[] {
  const fences = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'));
  return [...fences].map((match) => match[1] ?? '');
}

describe.each(pages)('%s', (page) => {
  const program = blocks(read(page), 'js').join('\n');
  test.runIf(program !== '')('its JavaScript runs', async () => {
    const file = `${page}.mjs`;
    writeFileSync(join(project.directory, file), program);
    const { code, stderr } = await project.node(file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  const lines = blocks(read(page), 'sh')
    .flatMap((block) => block.split('\n'))
    .filter((line) => line.startsWith('facemorph '));
  test.runIf(lines.length > 0)('its commands run', async () => {
    const bin = join(project.directory, 'node_modules', '.bin', 'facemorph');
    for (const line of lines) {
      const ended = await execute(bin, line.split(' ').slice(1), project.directory);
      expect({ line, code: ended.code }).toEqual({ line, code: 0 });
    }
  });
});
