import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { root } from '../../scripts/lib/process.mjs';

/** @typedef {{ path: string, bytes: number, wire: number }} Answer */
/** @typedef {{ url: string, take: () => Answer[], close: () => Promise<void> }} Site */

/** @type {Record<string, string>} */
const types = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/**
 * Serves a built page on this machine as a good host would: brotli at its best, and what has a hash
 * in its name for ever in the browser's cache. Files are compressed when they are first asked for.
 *
 * @param {string} folder
 * @returns {Promise<Site>} `take` gives, and forgets, what was sent since.
 */
export async function serveSite(folder) {
  /** @type {Map<string, Promise<{ body: Buffer, bytes: number } | undefined>>} */
  const files = new Map();
  /** @type {Answer[]} */
  let sent = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = pathname === '/' ? '/index.html' : pathname;
    const reading = files.get(path) ?? read(folder, path);
    files.set(path, reading);
    const file = await reading;
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    sent.push({ path, bytes: file.bytes, wire: file.body.length });
    response.writeHead(200, {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
      'Content-Encoding': 'br',
      'Content-Length': file.body.length,
      'Cache-Control': path === '/index.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
    });
    response.end(file.body);
  });
  await new Promise((done) => server.listen(0, 'localhost', () => done(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    url: `http://localhost:${address.port}/`,
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} folder
 * @param {string} path
 * @returns {Promise<{ body: Buffer, bytes: number } | undefined>}
 */
async function read(folder, path) {
  const name = normalize(join(folder, path));
  if (!name.startsWith(folder + sep) || !existsSync(name)) return undefined;
  const content = readFileSync(name);
  return { body: await compressed(content), bytes: content.length };
}

/**
 * Brotli at level 11, which takes half a minute for onnxruntime's wasm: kept beside the other caches.
 *
 * @param {Buffer} content
 * @returns {Promise<Buffer>}
 */
async function compressed(content) {
  const cache = join(root, 'node_modules', '.cache', 'facemorph', 'brotli');
  const path = join(cache, createHash('sha256').update(content).digest('hex'));
  if (existsSync(path)) return readFileSync(path);
  const body = await promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  mkdirSync(cache, { recursive: true });
  writeFileSync(`${path}.tmp`, body);
  renameSync(`${path}.tmp`, path);
  return body;
}
