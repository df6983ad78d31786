/**
 * A model is a manifest and the files it names. `loadModel` reads and validates the manifest;
 * `files` then fetches what is asked for, checks length and SHA-256 and keeps it in the cache.
 * Nothing is handed out, or cached, before its hash is right.
 */
import { FaceMorphError, throwIfAborted } from '../errors.js';
import type { Platform } from '../platform/platform.js';
import type { Progress, TaskOptions } from '../progress.js';
import { together } from '../runtime/abort.js';
import type { ModelCache } from './cache.js';
import { fetchFile, fetchManifest } from './fetch-file.js';
import { parseManifest } from './manifest.js';
import type { ModelFile, ModelManifest, ModelRole, ModelSource } from './manifest-types.js';

/** What `loadModel` needs of a platform. */
export type ModelPlatform = Pick<Platform, 'read' | 'defaultCache'>;

/** Options of {@link loadModel}. */
export interface LoadModelOptions extends TaskOptions {
  /** Where verified files are kept; `false` for nowhere. @defaultValue the platform's own cache */
  readonly cache?: ModelCache | false | undefined;
  /** Used for `http(s):` URLs: headers, credentials. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A model whose manifest is valid and whose files can be had. */
export interface LoadedModel {
  readonly manifest: ModelManifest;
  /** Whether the model has a file of this role. */
  has(role: ModelRole): boolean;
  /** One verified file; the bytes belong to the caller and may be transferred. */
  file(role: ModelRole, options?: TaskOptions): Promise<Uint8Array>;
  /**
   * Several verified files, fetched at the same time, with one progress: `download` counts the
   * bytes of all of them and never passes the sum that the manifest tells; `verify` follows.
   * @throws {FaceMorphError} `MODEL_NOT_FOUND`, `NETWORK`, `MODEL_INTEGRITY`, `ABORTED`
   */
  files<R extends ModelRole>(
    roles: readonly R[],
    options?: TaskOptions,
  ): Promise<Record<R, Uint8Array>>;
}

/**
 * Reads and validates a model's manifest.
 * @param source A manifest with its files' URLs, the URL of a `manifest.json`, or that of its folder.
 * @throws {FaceMorphError} `MANIFEST_INVALID`, `MODEL_NOT_FOUND`, `NETWORK`, `ABORTED`
 */
export async function loadModel(
  source: URL | ModelSource,
  platform: ModelPlatform,
  options: LoadModelOptions = {},
): Promise<LoadedModel> {
  throwIfAborted(options.signal);
  const { fetch } = options;
  const cache = options.cache === false ? undefined : (options.cache ?? platform.defaultCache());
  const { manifest, locate } = await openManifest(source, platform, options);

  const fileOf = (role: ModelRole): { file: ModelFile; url: URL } => {
    const file = manifest.files[role];
    const url = file && locate(role, file);
    if (file && url) return { file, url };
    throw new FaceMorphError('MODEL_NOT_FOUND', `Model "${manifest.id}" has no ${role} file`, {
      hint: `Its files: ${Object.keys(manifest.files).join(', ')}.`,
      details: { role },
    });
  };

  const files = async <R extends ModelRole>(
    roles: readonly R[],
    task: TaskOptions = {},
  ): Promise<Record<R, Uint8Array>> => {
    throwIfAborted(task.signal);
    const parts = roles.map((role) => ({ role, ...fileOf(role) }));
    const total = parts.reduce((sum, part) => sum + part.file.bytes, 0);
    const count = countBytes(total, task.onProgress);
    const contents = await together(task.signal, (signal) =>
      parts.map(({ role, file, url }) =>
        fetchFile(url, file, { platform, cache, fetch, signal, onBytes: count(role) }),
      ),
    );
    return Object.fromEntries(parts.map(({ role }, i) => [role, contents[i]])) as Record<
      R,
      Uint8Array
    >;
  };

  return {
    manifest,
    has: (role) => manifest.files[role] !== undefined,
    file: async (role, task) => (await files([role], task))[role],
    files,
  };
}

/** Sums up the bytes of files that arrive at the same time. */
function countBytes(
  total: number,
  onProgress: TaskOptions['onProgress'],
): (item: string) => (phase: 'download' | 'verify', loaded: number) => void {
  const sums = { download: 0, verify: 0 };
  const report = (phase: Progress['phase'] & keyof typeof sums, item: string): void =>
    onProgress?.({ phase, loaded: sums[phase], total, item });
  return (item) => {
    const counted = { download: 0, verify: 0 };
    return (phase, loaded) => {
      sums[phase] += loaded - counted[phase];
      counted[phase] = loaded;
      // A file that is verified while others arrive would make the phase jump to and fro.
      if (phase === 'download' || sums.download === total) report(phase, item);
    };
  };
}

/** The manifest, and how its files are found: by the source's own URLs, or beside the manifest. */
async function openManifest(
  source: URL | ModelSource,
  platform: ModelPlatform,
  options: LoadModelOptions,
): Promise<{
  manifest: ModelManifest;
  locate: (role: ModelRole, file: ModelFile) => URL | undefined;
}> {
  if (source instanceof URL) {
    const url = manifestUrl(source);
    const manifest = await fetchManifest(url, platform, options);
    return {
      manifest,
      // Beside a `data:` or `blob:` URL there is no place.
      locate: (_, { path }) => (URL.canParse(path, url) ? new URL(path, url) : undefined),
    };
  }
  const { manifest, files } = source;
  return {
    manifest: parseManifest(manifest, 'the given manifest'),
    locate: (role) => files?.[role],
  };
}

/** `https://host/model/` and `https://host/model` mean the `manifest.json` within. */
function manifestUrl(url: URL): URL {
  if (url.pathname.endsWith('.json') || !/^(https?|file):$/.test(url.protocol)) return url;
  const manifest = new URL(url);
  manifest.pathname = `${url.pathname.replace(/\/$/, '')}/manifest.json`;
  return manifest;
}
