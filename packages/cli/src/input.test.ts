import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { readPicture } from './input.js';
import { Run } from './run.js';

it('stops to read from a stdin that does not end, as soon as Ctrl+C is pressed', async () => {
  const stdin = new PassThrough();
  const get = vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as never);
  const controller = new AbortController();
  const reading = readPicture('-', new Run(controller.signal, () => {}));
  stdin.write('half a picture');
  controller.abort();
  await expect(reading).rejects.toMatchObject({ code: 'ABORTED' });
  expect(stdin.destroyed).toBe(true);
  get.mockRestore();
});
