import { createNodeBackend } from '@facemorph/core/node';
import { measure } from './measure.mjs';

/**
 * Measures both backends of Node, one after the other.
 *
 * @param {import('./main.mjs').Task} task
 * @returns {AsyncGenerator<import('./main.mjs').Result | import('./main.mjs').Skipped>}
 */
export async function* measureInNode(task) {
  for (const name of /** @type {const} */ (['onnxruntime-node', 'wasm'])) {
    const about = { runtime: 'node', backend: name };
    try {
      const backend = await createNodeBackend({ backend: name });
      const copies = { encoder: task.encoder.slice(), decoder: task.decoder.slice() };
      yield { ...about, ...(await measure(backend, { ...task, ...copies })) };
      await backend.dispose();
    } catch (error) {
      yield { ...about, reason: error instanceof Error ? error.message : String(error) };
    }
  }
}
