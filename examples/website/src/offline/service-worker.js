// The service worker of the site: after one visit it opens and edits without a network.
// The build writes three constants above this line:
//   SHELL    the files of the page itself, kept before the worker is installed
//   RUNTIME  large files (wasm, and the model's networks for photos), kept once they are used
//   VERSION  a hash of SHELL
// Weights that the page has loaded are kept by @facemorph/core itself, by their hash.
/* global SHELL, RUNTIME, VERSION */

const SHELL_CACHE = `facemorph-shell-${VERSION}`;
const RUNTIME_CACHE = 'facemorph-runtime';
const urlOf = (path) => new URL(path, self.registration.scope).href;
const runtime = new Set(RUNTIME.map(urlOf));

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL_CACHE)
      // Past the HTTP cache: index.html has no hash in its name.
      .then((cache) => cache.addAll(SHELL.map((path) => new Request(path, { cache: 'no-cache' })))),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([forgetOthers(), self.clients.claim()]));
});

/** Frees what earlier versions kept. */
async function forgetOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith('facemorph-shell-') && name !== SHELL_CACHE) await caches.delete(name);
  }
  const cache = await caches.open(RUNTIME_CACHE);
  for (const { url } of await cache.keys()) {
    if (!runtime.has(url)) await cache.delete(url);
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const shell = await caches.open(SHELL_CACHE);
  const key = request.mode === 'navigate' ? urlOf('./') : request.url;
  const kept = await shell.match(key, { ignoreVary: true });
  if (kept) return kept;
  if (!runtime.has(request.url)) return fetch(request);
  const large = await caches.open(RUNTIME_CACHE);
  return (await large.match(request.url, { ignoreVary: true })) ?? fetchAndKeep(large, request.url);
}

async function fetchAndKeep(cache, url) {
  const response = await fetch(url);
  // A full disk must not keep the page from working.
  if (response.ok) await cache.put(url, response.clone()).catch(() => {});
  return response;
}

// The page was used before this worker was there: keep what it has fetched by itself.
self.addEventListener('message', (event) => {
  if (event.data !== 'keep') return;
  event.waitUntil(keepRuntime());
});

async function keepRuntime() {
  const cache = await caches.open(RUNTIME_CACHE);
  for (const url of runtime) {
    if (!(await cache.match(url))) await fetchAndKeep(cache, url).catch(() => {});
  }
}
