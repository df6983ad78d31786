// Photos with the landmarks of their faces, from the shared data beside the checkout.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../scripts/lib/process.mjs';

/** @typedef {import('@facemorph/core').Landmarks} Landmarks */
/** @typedef {{ name: string, bytes: Uint8Array, landmarks: Landmarks[] }} SharedPhoto */
/** @typedef {{ file: string, split?: string, faces: { box: number[], lm: Landmarks }[] }} Entry */

const shared = resolve(root, '..', 'shared', 'data');

/** The loose sample photos, up to 1600 px, all of split C. @returns {SharedPhoto[]} */
export function samplePhotos() {
  const folder = join(shared, 'samples', 'photos');
  if (!existsSync(folder)) return [];
  /** @type {Entry[]} */
  const entries = JSON.parse(readFileSync(join(folder, 'landmarks.json'), 'utf8'));
  return entries.map((entry) => toPhoto(entry, readFileSync(join(folder, entry.file))));
}

/**
 * The packed photos of one split whose largest face is at least `least` px wide, in the pack's order.
 *
 * @param {string} split
 * @param {{ count: number, least: number }} options
 * @returns {SharedPhoto[]}
 */
export function packedPhotos(split, { count, least }) {
  const pack = join(shared, 'photos.zip');
  if (!existsSync(pack)) return [];
  const packed = readStoredZip(readFileSync(pack));
  /** @type {Entry[]} */
  const entries = JSON.parse(gunzipSync(readFileSync(join(shared, 'photos.json.gz'))).toString());
  return entries
    .filter((entry) => entry.split === split && widthOf(entry) >= least)
    .slice(0, count)
    .map((entry) => toPhoto(entry, packed(entry.file)));
}

/** @param {Entry} entry @param {Uint8Array} bytes @returns {SharedPhoto} */
function toPhoto({ file, faces }, bytes) {
  return { name: file, bytes, landmarks: faces.map(({ lm }) => lm) };
}

/** @param {Entry} entry */
function widthOf({ faces }) {
  return Math.max(0, ...faces.map(({ box: [left = 0, , right = 0] }) => right - left));
}

/**
 * Reads a zip whose files are stored, by its central directory.
 *
 * @param {Buffer} zip
 * @returns {(name: string) => Uint8Array}
 */
function readStoredZip(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) =>
      zip.readUInt16LE(at + offset),
    );
    const name = zip.toString('utf8', at + 46, at + 46 + Number(nameLength));
    entries.set(name, { size: zip.readUInt32LE(at + 20), header: zip.readUInt32LE(at + 42) });
    at += 46 + Number(nameLength) + Number(extra) + Number(comment);
  }
  return (name) => {
    const entry = entries.get(name);
    if (!entry) throw new Error(`${name} is not in the zip`);
    const { size, header } = entry;
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    return zip.subarray(start, start + size);
  };
}
