// `npm run docs`: builds docs-site/, static HTML: the pages of docs/ and the reference from the
// comments in the code. Needs `npm run build` first; `--open` is not needed, any static server will do.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application } from 'typedoc';
import { requireNode, root } from './lib/process.mjs';

/** In the order in which they are listed. */
const pages = [
  'guides/start.md',
  'guides/edit.md',
  'guides/morph.md',
  'guides/learn.md',
  'guides/own-model.md',
  'guides/host.md',
  'guides/bundlers.md',
  'guides/facemorph-me.md',
  'cli.md',
  'attribute-format.md',
  'recipe-format.md',
  'results.md',
  'performance.md',
  'capacity.md',
  'model-card.md',
  'security.md',
];
const modules = [
  'core/src/index.ts',
  'core/src/node.ts',
  'core/src/mediapipe.ts',
  'core/src/c2pa.ts',
  'core/src/testing/index.ts',
  'react/src/index.ts',
  'models/src/index.ts',
];

requireNode();
const copy = join(root, '.docs-build');
rmSync(copy, { recursive: true, force: true });
cpSync(join(root, 'docs'), copy, { recursive: true });
cpSync(join(root, 'SECURITY.md'), join(copy, 'security.md'));
cpSync(join(root, 'packages', 'models', 'MODEL_CARD.md'), join(copy, 'model-card.md'));
relink(join(copy, 'index.md'));
for (const page of pages) withTitle(join(copy, page));

const app = await Application.bootstrap({
  name: 'FaceMorph',
  tsconfig: join(root, 'docs', 'tsconfig.json'),
  entryPoints: modules.map((path) => join(root, 'packages', path)),
  readme: join(copy, 'index.md'),
  projectDocuments: pages.map((page) => join(copy, page)),
  customCss: join(root, 'docs', 'site.css'),
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  disableSources: true,
  disableGit: true,
  hideGenerator: true,
  includeVersion: false,
  navigation: { includeCategories: false, includeGroups: false },
  sort: ['source-order'],
  headings: { readme: false, document: false },
  highlightLanguages: ['js', 'ts', 'tsx', 'html', 'json', 'jsonc', 'sh', 'console'],
  validation: { notExported: false, invalidLink: false },
  logLevel: 'Warn',
});
const project = await app.convert();
const out = join(root, 'docs-site');
if (project) {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  await app.generateDocs(project, out);
}
rmSync(copy, { recursive: true });
if (!project || app.logger.hasErrors()) process.exit(1);
console.log(`docs-site/index.html and ${readdirSync(join(out, 'documents')).length} pages`);

/**
 * The heading of a page as its title, as typedoc wants it.
 *
 * @param {string} path
 * @returns {void}
 */
function withTitle(path) {
  const text = readFileSync(path, 'utf8');
  const title = text.match(/^# (.+)$/m)?.[1]?.replaceAll('`', '') ?? path;
  writeFileSync(path, `---\ntitle: ${JSON.stringify(title)}\n---\n${text}`);
  relink(path);
}

/**
 * Links to pages that were copied from elsewhere follow their copies.
 *
 * @param {string} path
 * @returns {void}
 */
function relink(path) {
  const text = readFileSync(path, 'utf8')
    .replaceAll('](../../SECURITY.md', '](../security.md')
    .replaceAll('](../SECURITY.md', '](security.md')
    .replaceAll('](../packages/models/MODEL_CARD.md', '](model-card.md')
    .replaceAll('](../../packages/models/MODEL_CARD.md', '](../model-card.md');
  writeFileSync(path, text);
}
