import { describe, test } from 'vitest';
import { backendContract } from '../../testing/backend-contract.js';
import { createNodeBackend } from '../node.js';
import { createWorkerBackend } from './client.js';
import { startFakeWorker } from './fake-worker.test-helper.js';

describe('a backend behind the Worker channel', () => {
  test.each(backendContract)('$name', ({ run }) =>
    run(() =>
      createWorkerBackend(
        startFakeWorker(() => createNodeBackend({ backend: 'onnxruntime-node' })),
        { threads: 1 },
      ),
    ),
  );
});
