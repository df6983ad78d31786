// `npm run build`: every package, in the order in which they need each other.
import { buildAll } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { requireNode } from './lib/process.mjs';

requireNode();
const failed = (await ensureInstalled())
  ? await buildAll({ force: process.argv.includes('--force') })
  : ['the installation'];
if (failed.length === 0) console.log('Everything is built.');
else {
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
