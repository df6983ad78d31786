import { randomUUID } from 'node:crypto';
import {
  access,
  mkdir,
  opendir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Files are written here first, on the same disk, and then renamed into their place. */
const INCOMING = '.incoming';
/** Milliseconds after which nobody writes such a file any more. */
const STALE = 600_000;

/** @implements {Store} @typedef {import('./store.js').Store} Store */
export class FolderStore {
  /** @param {string} folder */
  constructor(folder) {
    this.location = resolve(folder);
  }

  /** Names of all files, with folders, links left out: they may lead anywhere. */
  async *list() {
    const folder = await opendir(this.location, { recursive: true });
    for await (const entry of folder) {
      const name = relative(this.location, join(entry.parentPath, entry.name));
      if (entry.isFile() && !name.startsWith('.')) yield name.split(sep).join('/');
    }
  }

  /** @param {string} name */
  async read(name) {
    return new Uint8Array(await readFile(this.#path(name)));
  }

  /** @param {string} name */
  async has(name) {
    return access(this.#path(name)).then(
      () => true,
      () => false,
    );
  }

  /** @param {string} name @param {Uint8Array} bytes */
  async write(name, bytes) {
    const path = this.#path(name);
    const temporary = join(this.location, INCOMING, randomUUID());
    await mkdir(dirname(temporary), { recursive: true });
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(temporary, bytes, { flag: 'wx', flush: true });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** Only what is old: another process may be writing. */
  async sweep() {
    const folder = join(this.location, INCOMING);
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
      if (Date.now() - mtimeMs > STALE) await rm(path, { force: true });
    }
  }

  /** A path inside the folder, whatever the name says. @param {string} name */
  #path(name) {
    const path = resolve(this.location, name);
    if (path.startsWith(this.location + sep)) return path;
    throw new Error(`"${name}" is not inside ${this.location}`);
  }
}
