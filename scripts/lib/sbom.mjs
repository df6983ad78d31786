import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * The parts of pnpm-lock.yaml that are read.
 *
 * @typedef {object} Lockfile
 * @property {Record<string, Importer>} importers By folder.
 * @property {Record<string, { resolution?: { integrity?: string } }>} packages By `name@version`.
 * @property {Record<string, Snapshot>} snapshots By `name@version(peers)`.
 *
 * @typedef {{ dependencies?: Record<string, { version: string }> }} Importer
 * @typedef {{ dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} Snapshot
 *
 * @typedef {{ type: 'library', 'bom-ref': string, name: string, version: string, purl: string,
 *   hashes: { alg: 'SHA-512', content: string }[],
 *   licenses: { license: { id: string } | { name: string } }[] }} Component
 */

/**
 * A CycloneDX bill of materials: all that installing the published packages brings, from the
 * lockfile. What is for development only, and optional peers, are not in it.
 *
 * @param {object} content
 * @param {string} content.lock The text of pnpm-lock.yaml.
 * @param {{ folder: string, name: string, version: string, license: string }[]} content.roots The published packages; `folder` as in the lockfile.
 * @param {(name: string, version: string) => string | undefined} content.licenceOf
 * @param {string} content.serial A UUID.
 * @param {string} content.time ISO 8601.
 * @returns {{ components: Component[], dependencies: { ref: string, dependsOn: string[] }[] } & Record<string, unknown>}
 */
export function billOfMaterials({ lock, roots, licenceOf, serial, time }) {
  /** @type {Lockfile} */
  const lockfile = parse(lock);
  /** @type {Map<string, Component>} */
  const components = new Map();
  /** @type {Map<string, string[]>} */
  const dependencies = new Map();

  /**
   * @param {string} name
   * @param {string} version As in the lockfile, with peers in brackets.
   * @returns {string} The reference of the component.
   */
  const visit = (name, version) => {
    const plain = version.replace(/\(.*$/, '');
    const reference = purl(name, plain);
    if (dependencies.has(reference)) return reference;
    const { resolution } = lockfile.packages[`${name}@${plain}`] ?? {};
    components.set(
      reference,
      component(name, plain, resolution?.integrity, licenceOf(name, plain)),
    );
    dependencies.set(reference, []);
    const snapshot = lockfile.snapshots[`${name}@${version}`] ?? {};
    const needed = { ...snapshot.dependencies, ...snapshot.optionalDependencies };
    dependencies.set(
      reference,
      Object.entries(needed)
        .map(([n, v]) => visit(n, v))
        .sort(),
    );
    return reference;
  };

  for (const { folder, name, version, license } of roots) {
    const reference = purl(name, version);
    components.set(reference, component(name, version, undefined, license));
    const direct = Object.entries(lockfile.importers[folder]?.dependencies ?? {});
    dependencies.set(
      reference,
      direct
        .map(([other, { version: locked }]) => {
          const own = roots.find((root) => root.name === other);
          return locked.startsWith('link:') && own
            ? purl(own.name, own.version)
            : visit(other, locked);
        })
        .sort(),
    );
  }
  const byName = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? -1 : 1);
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      timestamp: time,
      component: {
        type: 'application',
        'bom-ref': 'facemorph',
        name: 'facemorph',
        version: roots[0]?.version,
      },
    },
    components: [...components.values()].sort((a, b) => byName(a.purl, b.purl)),
    dependencies: [...dependencies]
      .map(([ref, dependsOn]) => ({ ref, dependsOn }))
      .sort((a, b) => byName(a.ref, b.ref)),
  };
}

/**
 * @param {string} name
 * @param {string} version
 * @param {string | undefined} integrity As npm writes it: `sha512-` and base64.
 * @param {string | undefined} licence
 * @returns {Component}
 */
function component(name, version, integrity, licence) {
  const digest = integrity?.match(/^sha512-(.+)$/)?.[1];
  const content = digest && Buffer.from(digest, 'base64').toString('hex');
  const isIdentifier = licence !== undefined && /^[A-Za-z0-9.+-]+$/.test(licence);
  return {
    type: 'library',
    'bom-ref': purl(name, version),
    name,
    version,
    purl: purl(name, version),
    hashes: content ? [{ alg: 'SHA-512', content }] : [],
    licenses: licence ? [{ license: isIdentifier ? { id: licence } : { name: licence } }] : [],
  };
}

/**
 * @param {string} name
 * @param {string} version
 */
function purl(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/**
 * What the package itself says of its licence, where it is installed.
 *
 * @param {string} store `node_modules/.pnpm`
 * @returns {(name: string, version: string) => string | undefined}
 */
export function installedLicences(store) {
  const folders = existsSync(store) ? readdirSync(store) : [];
  return (name, version) => {
    const start = `${name.replace('/', '+')}@${version}`;
    const folder = folders.find((item) => item === start || item.startsWith(`${start}_`));
    const path = folder && join(store, folder, 'node_modules', name, 'package.json');
    return path && existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).license : undefined;
  };
}
