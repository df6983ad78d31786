import { availableParallelism } from 'node:os';
import { createPool } from '@facemorph/core/node';
import { expect, test, vi } from 'vitest';
import { createServer } from './create-server.js';

vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  availableParallelism: vi.fn(),
}));
vi.mock('@facemorph/core/node', async (original) => ({
  ...(await original<typeof import('@facemorph/core/node')>()),
  createPool: vi.fn(async () => {
    throw new Error('far enough');
  }),
}));

test('on a machine of more cores than a pool has threads it starts with the most there can be', async () => {
  vi.mocked(availableParallelism).mockReturnValue(192);
  await expect(createServer()).rejects.toThrow('far enough');
  expect(createPool).toHaveBeenCalledWith(expect.objectContaining({ workers: 64, maxQueue: 64 }));
});
