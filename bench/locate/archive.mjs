import { open } from 'node:fs/promises';

/** @typedef {{ names: readonly string[], read: (name: string) => Promise<Buffer>, close: () => Promise<void> }} Archive */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;

/**
 * A zip archive whose files are stored as they are, without compression, as those of shared/data.
 * Files go by their last name.
 *
 * @param {string} path
 * @returns {Promise<Archive>}
 */
export async function openArchive(path) {
  const file = await open(path);
  const { size } = await file.stat();
  const end = await bytes(file, Math.max(0, size - END_BYTES), END_BYTES);
  if (end.readUInt32LE(0) !== END) throw new Error(`${path} is no zip archive without a comment`);
  const directory = await bytes(file, end.readUInt32LE(16), end.readUInt32LE(12));
  /** @type {Map<string, { offset: number, size: number }>} */
  const entries = new Map();
  for (let at = 0; at < directory.length && directory.readUInt32LE(at) === ENTRY; ) {
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    const full = directory.toString('utf8', at + 46, at + 46 + Number(name));
    if (directory.readUInt16LE(at + 10) !== 0) throw new Error(`${full} is compressed`);
    entries.set(full.slice(full.lastIndexOf('/') + 1), {
      offset: directory.readUInt32LE(at + 42),
      size: directory.readUInt32LE(at + 20),
    });
    at += 46 + Number(name) + Number(extra) + Number(comment);
  }
  return {
    names: [...entries.keys()],
    read: async (name) => {
      const entry = entries.get(name);
      if (!entry) throw new Error(`${path} has no ${name}`);
      const header = await bytes(file, entry.offset, 30);
      const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      return bytes(file, start, entry.size);
    },
    close: () => file.close(),
  };
}

/**
 * @param {import('node:fs/promises').FileHandle} file
 * @param {number} offset
 * @param {number} length
 * @returns {Promise<Buffer>}
 */
async function bytes(file, offset, length) {
  const buffer = Buffer.alloc(length);
  await file.read(buffer, 0, length, offset);
  return buffer;
}
