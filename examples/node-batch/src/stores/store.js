import { FolderStore } from './folder-store.js';
import { S3Store } from './s3-store.js';

/**
 * Where pictures come from and results go: a folder or a bucket.
 *
 * @typedef {object} Store
 * @property {string} location
 * @property {() => AsyncIterable<string>} list Names of all files, in no order.
 * @property {(name: string) => Promise<Uint8Array>} read
 * @property {(name: string) => Promise<boolean>} has
 * @property {(name: string, bytes: Uint8Array) => Promise<void>} write The whole file or nothing.
 * @property {() => Promise<void>} sweep Removes what writers killed ten minutes ago or earlier have left.
 */

/**
 * The store at a path, or at `s3://bucket/prefix` (keys and endpoint by the usual `AWS_` variables).
 *
 * @param {string} location
 * @returns {Store}
 */
export function openStore(location) {
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(location) ?? [];
  return bucket === undefined ? new FolderStore(location) : new S3Store(bucket, prefix);
}
