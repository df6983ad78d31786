import { FaceMorphError, throwIfAborted } from '../errors.js';
import type { Platform, ReadOptions } from '../platform/platform.js';
import { abortable } from '../runtime/abort.js';
import { showUrl } from '../show-url.js';
import type { ModelCache } from './cache.js';
import { parseManifest } from './manifest.js';
import type { ModelFile, ModelManifest } from './manifest-types.js';
import { sha256 } from './sha256.js';

const MAX_MANIFEST_BYTES = 1 << 20;
/** Room that is made for a file before its bytes come. */
const FIRST_BYTES = 1 << 20;

/** Reports bytes of one file: never more than the file has. */
type OnBytes = (phase: 'download' | 'verify', loaded: number) => void;

interface FetchFileOptions extends ReadOptions {
  readonly platform: Pick<Platform, 'read'>;
  readonly cache?: ModelCache | undefined;
  readonly onBytes: OnBytes;
}

/**
 * One file of a model: from the cache when its entry is intact, else from its URL; verified before
 * it is returned and before it is cached.
 */
export async function fetchFile(
  url: URL,
  file: ModelFile,
  options: FetchFileOptions,
): Promise<Uint8Array> {
  const { platform, onBytes, signal } = options;
  // What is on this machine already is not copied into the cache.
  const cache = /^https?:$/.test(url.protocol) ? options.cache : undefined;
  const cached = await readCache(cache, file, signal);
  if (cached) {
    onBytes('download', file.bytes);
    onBytes('verify', file.bytes);
    return cached;
  }
  onBytes('download', 0);
  const stream = await platform.read(url, options);
  const bytes = await readExactly(
    stream,
    url,
    file,
    (loaded) => onBytes('download', loaded),
    signal,
  );
  onBytes('verify', 0);
  const actual = await sha256(bytes);
  throwIfAborted(signal);
  if (actual !== file.sha256) {
    throw integrityError(url, file, `${nameOf(url)} is not the file that the manifest describes`, {
      hint: 'The file was changed or belongs to another version of the model. Replace it, or its manifest.',
      details: { actual },
    });
  }
  onBytes('verify', file.bytes);
  await writeCache(cache, file, bytes, signal);
  return bytes;
}

/** A manifest, as small JSON. */
export async function fetchManifest(
  url: URL,
  platform: Pick<Platform, 'read'>,
  options: ReadOptions,
): Promise<ModelManifest> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = await platform.read(url, options);
  await drain(stream, url, options.signal, (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    return length <= MAX_MANIFEST_BYTES;
  });
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  const fail = (message: string, hint: string, cause?: unknown): FaceMorphError =>
    new FaceMorphError('MANIFEST_INVALID', message, {
      hint,
      cause,
      details: { url: showUrl(url) },
    });
  const answer = describeAnswer(bytes);
  if (answer) throw fail(`Instead of ${nameOf(url)} came ${answer.what}`, answer.hint);
  if (length > MAX_MANIFEST_BYTES) {
    throw fail(`${nameOf(url)} is too large for a manifest`, 'Give the URL of manifest.json.');
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw fail(`${nameOf(url)} is not JSON`, 'Give the URL of manifest.json.', cause);
  }
  return parseManifest(value, nameOf(url));
}

/** The stream's bytes when there are exactly as many as the manifest says. */
async function readExactly(
  stream: ReadableStream<Uint8Array>,
  url: URL,
  file: ModelFile,
  onLoaded: (loaded: number) => void,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  let bytes = new Uint8Array(Math.min(file.bytes, FIRST_BYTES));
  let loaded = 0;
  let received = 0;
  await drain(stream, url, signal, (chunk) => {
    received += chunk.length;
    bytes = withRoom(bytes, received, file.bytes);
    if (received > file.bytes) {
      bytes.set(chunk.subarray(0, file.bytes - loaded), loaded);
      return false;
    }
    bytes.set(chunk, loaded);
    loaded = received;
    onLoaded(loaded);
    return true;
  });
  if (received === file.bytes) return bytes;
  const answer = describeAnswer(bytes);
  if (answer) {
    throw integrityError(url, file, `Instead of ${nameOf(url)} came ${answer.what}`, answer);
  }
  if (received > file.bytes) {
    throw integrityError(url, file, `${nameOf(url)} is longer than its ${file.bytes} bytes`, {
      hint: 'The file belongs to another version of the model. Replace it, or its manifest.',
    });
  }
  throw integrityError(url, file, `${nameOf(url)} ended after ${received} of ${file.bytes} bytes`, {
    hint: 'The transfer was cut short. Try again.',
    details: { received },
  });
}

/** The bytes with room for `length`, at most `most`: memory follows what came, not what was claimed. */
function withRoom(
  bytes: Uint8Array<ArrayBuffer>,
  length: number,
  most: number,
): Uint8Array<ArrayBuffer> {
  if (length <= bytes.length || bytes.length === most) return bytes;
  const larger = new Uint8Array(Math.min(most, Math.max(length, bytes.length * 2)));
  larger.set(bytes);
  return larger;
}

/** Reads a stream until it ends or `take` returns false, and lets go of it in every case. */
async function drain(
  stream: ReadableStream<Uint8Array>,
  url: URL,
  signal: AbortSignal | undefined,
  take: (chunk: Uint8Array) => boolean,
): Promise<void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) return;
      if (!take(value)) break;
    }
  } catch (cause) {
    throwIfAborted(signal);
    if (cause instanceof FaceMorphError) throw cause;
    throw new FaceMorphError('NETWORK', `The transfer of ${nameOf(url)} broke off`, {
      hint: 'Check the connection and try again.',
      details: { url: showUrl(url) },
      cause,
    });
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function readCache(
  cache: ModelCache | undefined,
  file: ModelFile,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  if (!cache) return undefined;
  try {
    const bytes = await abortable(cache.get(file.sha256), signal);
    if (bytes?.length === file.bytes && (await sha256(bytes)) === file.sha256) return bytes;
  } catch {
    // A cache that fails is as good as none.
  }
  throwIfAborted(signal);
  return undefined;
}

async function writeCache(
  cache: ModelCache | undefined,
  file: ModelFile,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!cache) return;
  try {
    await abortable(cache.put(file.sha256, bytes), signal);
  } catch {
    // A full or forbidden cache does not stop the model from loading.
  }
  throwIfAborted(signal);
}

/** What servers send in place of a file, recognised by its first bytes. */
function describeAnswer(bytes: Uint8Array): { what: string; hint: string } | undefined {
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart().toLowerCase();
  if (start.startsWith('<!doctype html') || start.startsWith('<html')) {
    return {
      what: 'a web page (HTML)',
      hint: 'The server answers unknown paths with its index page. Check that the file is served at this URL.',
    };
  }
  if (start.startsWith('version https://git-lfs')) {
    return { what: 'a Git LFS pointer', hint: 'Run `git lfs pull` where the file is served from.' };
  }
  return undefined;
}

function integrityError(
  url: URL,
  file: ModelFile,
  message: string,
  more: { hint: string; details?: Readonly<Record<string, unknown>> },
): FaceMorphError {
  return new FaceMorphError('MODEL_INTEGRITY', message, {
    hint: more.hint,
    details: { url: showUrl(url), bytes: file.bytes, sha256: file.sha256, ...more.details },
  });
}

function nameOf(url: URL): string {
  return url.pathname.split('/').pop() || showUrl(url);
}
