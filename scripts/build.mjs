// `npm run build`: every package, in the order in which they need each other, and Storybook.
import { buildAll, buildStorybook } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/process.mjs';

requireNode();
const options = { force: process.argv.includes('--force') };
const failed = (await ensureInstalled()) ? await buildAll(options) : ['the installation'];
if (failed.length === 0 && !(await buildStorybook(options))) failed.push('Storybook');
if (failed.length === 0) console.log('Everything is built.');
else {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
