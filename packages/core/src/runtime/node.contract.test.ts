import { describe, expect, test } from 'vitest';
import { backendContract } from '../testing/backend-contract.js';
import { createNodeBackend } from './node.js';

describe.each(['onnxruntime-node', 'wasm'] as const)('%s in Node', (backend) => {
  test.each(backendContract)('$name', ({ run }) => run(() => createNodeBackend({ backend })));
});

test('two backends of one kind do not disturb each other', async () => {
  const check = backendContract.find(({ name }) => name === 'computes the right numbers');
  const create = () => createNodeBackend({ backend: 'wasm' });
  await expect(Promise.all([check?.run(create), check?.run(create)])).resolves.toBeDefined();
});
