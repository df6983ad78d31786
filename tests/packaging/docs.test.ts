import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProject, execute, type Project, root } from './project.js';

/** Guides as written: the JavaScript blocks of a page are one program, run from packed packages. */
const guides = join(root, 'docs', 'guides');
const pages = readdirSync(guides).filter((name) => name.endsWith('.md'));

let project: Project;
beforeAll(async () => {
  project = await createProject(['models', 'core', 'cli'], ['sharp@0.35.5']);
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

describe('links between the pages', () => {
  const all = [
    ...pages.map((page) => join(guides, page)),
    ...readdirSync(join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(root, 'docs', name)),
    ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md'].map((name) => join(root, name)),
  ];
  test.each(all.map((path) => [path.slice(root.length), path]))(
    'of %s lead somewhere',
    (_, path) => {
      const targets = [...readFileSync(path, 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(
        (match) => match[1] ?? '',
      );
      for (const target of targets.filter((one) => !/^[a-z]+:/.test(one))) {
        const there = resolve(dirname(path), target);
        expect(() => readdirSync(dirname(there)), target).not.toThrow();
        expect(readdirSync(dirname(there)), target).toContain(there.split(/[\\/]/).at(-1));
      }
    },
  );
});

test('npm run docs builds a site of all pages and the reference', async () => {
  const ended = await execute(process.execPath, ['scripts/docs.mjs'], root);
  expect(ended.code, ended.stderr).toBe(0);
  const site = join(root, 'docs-site');
  for (const page of ['Five_minutes', 'Edit_a_face', 'Learn_an_attribute', 'Security']) {
    const html = readFileSync(join(site, 'documents', `${page}.html`), 'utf8');
    expect(html).toContain('<h1');
    expect(html).not.toMatch(/href="[^"]*\.md"/);
  }
  expect(readFileSync(join(site, 'classes', '_facemorph_core.FaceMorph.html'), 'utf8')).toContain(
    'open',
  );
});

test('the policy in SECURITY.md and in the guide is the one that examples/vanilla is visited under', () => {
  const served = readFileSync(join(root, 'examples/vanilla/serve.mjs'), 'utf8');
  const policy = [...served.matchAll(/^ {2}"([a-z-]+ [^"]+)",$/gm)].map((match) => match[1] ?? '');
  expect(policy.length).toBeGreaterThan(5);
  const said = (path: string): string =>
    readFileSync(join(root, path), 'utf8').replace(/\s+/g, ' ');
  for (const page of ['SECURITY.md', 'docs/guides/host.md']) {
    expect(said(page)).toContain(policy.join('; '));
  }
});
