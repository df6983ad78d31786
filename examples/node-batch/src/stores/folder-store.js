import { randomUUID } from 'node:crypto';
import { access, mkdir, opendir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Files are written here first, on the same disk, and then renamed into their place. */
const INCOMING = '.incoming';

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

  async sweep() {
    await rm(join(this.location, INCOMING), { recursive: true, force: true });
  }

  /** A path inside the folder, whatever the name says. @param {string} name */
  #path(name) {
    const path = resolve(this.location, name);
    if (path.startsWith(this.location + sep)) return path;
    throw new Error(`"${name}" is not inside ${this.location}`);
  }
}
