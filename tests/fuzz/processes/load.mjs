// A process that loads the toy model: `node load.mjs URL CACHE_FOLDER`. Says `ready` before, `loaded` after.
import { createFileCache, FaceMorph } from '@facemorph/core/node';
import { createFakeBackend } from '@facemorph/core/testing';

const [model, folder] = process.argv.slice(2);
process.stdout.write('ready\n');
const cache = createFileCache(folder);
const fm = await FaceMorph.load({ model, cache, backend: createFakeBackend() });
await fm.dispose();
process.stdout.write('loaded\n');
