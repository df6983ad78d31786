import { createServer } from '@facemorph/server';
import { expect, test } from 'vitest';
import { sendHostile } from '../../bench/server/send-hostile.mjs';
import { listenOn } from './support.js';

/** `npm run fuzz:server` sends a thousand. */
test('hostile uploads are refused in order, and the server goes on', async () => {
  const app = await createServer({ workers: 2, maxQueue: 8, log: false, rateLimit: 0 });
  const url = await listenOn(app);
  const { sent, crashes } = await sendHostile(url, { count: 80, seed: 7 });
  expect(sent).toBe(80);
  expect(crashes).toEqual([]);
  expect(({} as { aligned?: boolean }).aligned).toBeUndefined();
  expect((await fetch(`${url}/v1/sample`)).status).toBe(200);
  await app.close();
});
