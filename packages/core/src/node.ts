/**
 * FaceMorph for Node, for tools that would pick the browser's build of the root import.
 * @module @facemorph/core/node
 */

export { decodeImage } from './image/codec.node.js';
export { markProvenance } from './image/xmp.js';
export * from './index.js';
export { createFileCache, defaultCacheDirectory } from './model/cache.node.js';
export { writeFileAtomically } from './platform/write-file.node.js';
export { createNodeBackend } from './runtime/node.js';
export { createPool } from './runtime/pool/create-pool.js';
export type {
  EditedPhoto,
  EncodedPhoto,
  JobOptions,
  Pool,
  PoolFileOptions,
  PoolMorphOptions,
  PoolOpenOptions,
  PoolOptions,
  PoolPicture,
  PoolResult,
  SampledFace,
} from './runtime/pool/pool-types.js';
