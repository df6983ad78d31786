import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FaceMorphError, throwIfAborted } from '../errors.js';
import { decodeImage, encodeImage } from '../image/codec.node.js';
import { createFileCache } from '../model/cache.node.js';
import { readUrl } from '../model/read-url.js';
import { createNodeBackend } from '../runtime/node.js';
import { messageOf } from '../runtime/runtime-errors.js';
import type { Platform } from './platform.js';
import { writeFileAtomically } from './write-file.node.js';

/** Node: onnxruntime-node or wasm, sharp, the file system. */
export const platform: Platform = {
  name: 'node',
  createBackend: (options) => createNodeBackend(options),
  read: (url, options) =>
    url.protocol === 'file:' ? readFileUrl(url, options.signal) : readUrl(url, options),
  async defaultModel() {
    const { defaultModel } = await import('@facemorph/models');
    return defaultModel;
  },
  resolveUrl(location) {
    if (location instanceof URL) return location;
    const isUrl = /^(https?|file|data):/i.test(location) && URL.canParse(location);
    return isUrl ? new URL(location) : pathToFileURL(resolve(location));
  },
  defaultCache: () => createFileCache(),
  decodeImage,
  encodeImage,
  async writeFile(path, bytes) {
    try {
      await writeFileAtomically(path, bytes);
    } catch (cause) {
      throw new FaceMorphError('WRITE_FAILED', `"${path}" cannot be written: ${messageOf(cause)}`, {
        hint: 'Check that the folder exists and may be written to.',
        details: { path },
        cause,
      });
    }
  },
};

async function readFileUrl(
  url: URL,
  signal: AbortSignal | undefined,
): Promise<ReadableStream<Uint8Array>> {
  throwIfAborted(signal);
  let path = url.href;
  try {
    path = fileURLToPath(url);
    const file = await open(path);
    return Readable.toWeb(file.createReadStream()) as ReadableStream<Uint8Array>;
  } catch (cause) {
    // Or an address that no file can have, such as one of another host.
    const missing = /^(ENOENT$|ERR_INVALID_)/.test(String((cause as NodeJS.ErrnoException).code));
    throw new FaceMorphError(
      missing ? 'MODEL_NOT_FOUND' : 'NETWORK',
      missing ? `There is no file "${path}"` : `"${path}" cannot be read: ${messageOf(cause)}`,
      {
        hint: missing ? 'Check the path of the model.' : 'Check its permissions.',
        details: { path },
        cause,
      },
    );
  }
}
