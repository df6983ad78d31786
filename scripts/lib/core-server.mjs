import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize, sep } from 'node:path';
import { root } from './process.mjs';

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

const core = join(root, 'packages', 'core');
const onnxruntime = dirname(
  createRequire(join(core, 'package.json')).resolve('onnxruntime-web/wasm'),
);

/** What is served under which path. @type {Record<string, string>} */
const folders = {
  core: join(core, 'dist', 'browser'),
  onnxruntime,
  bench: join(root, 'bench'),
  model: join(root, 'packages', 'models', 'weights', 'facemorph-128'),
};

const page = `<!doctype html><title>core</title>
<script type="module">globalThis.core = import('/core/browser.js')</script>`;

/** Browsers have no package names; in the built core only these two are left. */
const modules = {
  'onnxruntime-web/wasm': '/onnxruntime/ort.wasm.bundle.min.mjs',
  'onnxruntime-web/webgpu': '/onnxruntime/ort.webgpu.bundle.min.mjs',
};

/**
 * Serves, on this machine only, the built core without a bundler: an empty page at `/` whose global
 * `core` is the promise of `@facemorph/core/browser`, the model at `/model/manifest.json`, and the
 * code of the benchmark at `/bench/`.
 *
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveCore() {
  const server = createServer((request, response) => {
    const answer = find(request.url ?? '/');
    response.writeHead(answer === undefined ? 404 : 200, {
      'Content-Type': answer?.type ?? 'text/plain',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(answer?.body ?? 'Not found\n');
  });
  await new Promise((done) => server.listen(0, 'localhost', () => done(undefined)));
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
 * @param {string} url
 * @returns {{ type: string, body: string | Buffer } | undefined}
 */
function find(url) {
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname === '/') return { type: 'text/html', body: page };
  const [, name = '', ...rest] = pathname.split('/');
  const folder = folders[name];
  if (folder === undefined) return undefined;
  const path = normalize(join(folder, ...rest));
  if (!path.startsWith(folder + sep) || !existsSync(path) || !statSync(path).isFile()) {
    return undefined;
  }
  const body = readFileSync(path);
  const type = types[extname(path)] ?? 'application/octet-stream';
  return name === 'core' && extname(path) === '.js'
    ? { type, body: withAddresses(body.toString()) }
    : { type, body };
}

/**
 * @param {string} code
 * @returns {string}
 */
function withAddresses(code) {
  return Object.entries(modules).reduce(
    (text, [name, address]) => text.replaceAll(`from "${name}"`, `from "${address}"`),
    code,
  );
}
