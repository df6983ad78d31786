import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

/** @type {Record<string, string>} */
const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * Cross-origin isolation lets wasm use threads; the policy lets the page talk to this server only,
 * so that a photo cannot leave even by mistake.
 */
const strictHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval' blob:",
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self' data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Serves a built website from a folder, on this machine only.
 * A path that is not there answers 404: never a page in place of a model.
 *
 * @param {{ folder: string, port?: number, inlineScripts?: boolean }} options `port` is taken when it is
 *   free, else any free one; Storybook's pages need `inlineScripts`.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serve({ folder, port = 0, inlineScripts = false }) {
  const headers = inlineScripts ? withInlineScripts(strictHeaders) : strictHeaders;
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end();
      return;
    }
    const file = resolve(folder, request.url ?? '/');
    if (file === undefined) {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' }).end('Not found\n');
      return;
    }
    response.writeHead(200, {
      ...headers,
      'Content-Type': types[extname(file.path)] ?? 'application/octet-stream',
      'Content-Length': file.bytes,
      // Vite puts a hash of the content into the name of everything under assets/.
      'Cache-Control': file.path.includes(`${sep}assets${sep}`)
        ? 'public, max-age=31536000, immutable'
        : 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else
      createReadStream(file.path)
        .on('error', () => response.destroy())
        .pipe(response);
  });
  await listen(server, port).catch(() => listen(server, 0));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    url: `http://localhost:${address.port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {typeof strictHeaders} headers
 * @returns {typeof strictHeaders}
 */
function withInlineScripts(headers) {
  const policy = headers['Content-Security-Policy'];
  return {
    ...headers,
    'Content-Security-Policy': policy.replace('script-src', "script-src 'unsafe-inline'"),
  };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<void>}
 */
function listen(server, port) {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, 'localhost', () => {
      server.off('error', fail);
      done();
    });
  });
}

/**
 * The file that a request means, if it is inside the folder.
 *
 * @param {string} folder
 * @param {string} url
 * @returns {{ path: string, bytes: number } | undefined}
 */
function resolve(folder, url) {
  try {
    const wanted = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    const base = normalize(folder);
    const path = normalize(join(base, wanted.endsWith('/') ? `${wanted}index.html` : wanted));
    if (wanted.includes('\0') || !path.startsWith(base + sep)) return undefined;
    const stat = statSync(path);
    return stat.isFile() ? { path, bytes: stat.size } : undefined;
  } catch {
    return undefined;
  }
}
