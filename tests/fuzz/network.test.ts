import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, test } from 'vitest';
import { FaceMorph, type LoadOptions } from '../../packages/core/src/index.js';
import { createFileCache } from '../../packages/core/src/model/cache.node.js';
import { createFakeBackend } from '../../packages/core/src/testing/index.js';
import { type Fault, inject } from './faults.js';
import { type FaultyServer, networkFaults, stall, startServer } from './faulty-server.js';
import { modelFiles, wrongEntries } from './model-files.js';

let files: ReadonlyMap<string, Buffer>;
let server: FaultyServer;
let folder: string;

beforeAll(async () => {
  files = await modelFiles();
  server = await startServer(files);
  folder = mkdtempSync(join(tmpdir(), 'facemorph-faults-'));
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

let directory: string;
beforeEach(() => {
  server.mend();
  directory = join(mkdtempSync(join(folder, 'cache-')), 'model');
});

/** Loads from the server and encodes a picture, which fetches the encoder too. */
async function loadAll(options: LoadOptions = {}): Promise<void> {
  const cache = createFileCache(directory);
  const backend = createFakeBackend();
  const fm = await FaceMorph.load({ model: server.url, backend, cache, ...options });
  try {
    const [face] = await fm.sample();
    await fm.encode(await face!.render(), { signal: options.signal });
  } finally {
    await fm.dispose();
  }
}

const rest: Pick<Fault, 'recover' | 'lost'> = {
  recover: () => {
    server.mend();
    return loadAll();
  },
  lost: async () => wrongEntries(directory),
};

describe.each(['manifest.json', 'attributes.json', 'decoder.onnx', 'encoder.onnx'])(
  '%s',
  (file) => {
    test.each(networkFaults)('$name', async ({ name, answer, code, manifestCode = code }) => {
      const expected = file === 'manifest.json' ? manifestCode : code;
      server.break(file, answer);
      await inject({ name: `network: ${name}`, work: loadAll, expected, ...rest });
    });

    test('stalls, and the caller gives up', async () => {
      server.break(file, stall);
      const work = (): Promise<void> => loadAll({ signal: AbortSignal.timeout(300) });
      await inject({ name: 'network: stalls, given up', work, expected: 'ABORTED', ...rest });
    });
  },
);

test('another version of the model is put up between two files', async () => {
  const decoder = Buffer.from('fake decoder 2');
  server.break('decoder.onnx', (response) => response.writeHead(200).end(decoder));
  const expected = 'MODEL_INTEGRITY';
  await inject({ name: 'network: model changed midway', work: loadAll, expected, ...rest });
});

test('nobody listens', async () => {
  const other = await startServer(files);
  await other.close();
  const work = (): Promise<void> => loadAll({ model: other.url });
  await inject({ name: 'network: nobody listens', work, expected: 'NETWORK', ...rest });
});
