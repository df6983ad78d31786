import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { execute, root } from './project.js';

/** The pages as they are read: links, the site, and what is said twice. */
const guides = join(root, 'docs', 'guides');
const pages = readdirSync(guides).filter((name) => name.endsWith('.md'));

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
      const targets = [...readFileSync(path, 'utf8').matchAll(/(?<!!)\[[^\]]*\]\(([^)#\s]+)/g)].map(
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

test.each(['docs/guides/host.md', 'packages/models/README.md'])(
  '%s names every file of the model that is fetched',
  (page) => {
    const weights = join(root, 'packages/models/weights/facemorph-128');
    const manifest = JSON.parse(readFileSync(join(weights, 'manifest.json'), 'utf8'));
    const fetched = Object.keys(manifest.files).filter((role) => role !== 'parity');
    const text = readFileSync(join(root, page), 'utf8');
    const missing = fetched.filter((role) => !text.includes(`\`${manifest.files[role].path}\``));
    expect(fetched.length).toBeGreaterThan(3);
    expect(missing).toEqual([]);
  },
);

test('npm run docs builds a site of all pages and the reference', async () => {
  const ended = await execute(process.execPath, ['scripts/docs.mjs'], root);
  expect(ended.code, ended.stderr).toBe(0);
  const site = join(root, 'docs-site');
  for (const page of [
    'Five_minutes',
    'Edit_a_face',
    'Learn_an_attribute',
    'Model_card__facemorph-128',
    'Security',
  ]) {
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
