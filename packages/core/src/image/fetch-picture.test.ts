import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchPicture } from './fetch-picture.js';

/** `/whole` says how long it is; `/endless` does not, and does not end. */
let server: Server;
let gone = 0;
beforeAll(async () => {
  server = createServer((request, response) => {
    response.setHeader('content-type', 'image/png');
    if (request.url?.startsWith('/whole')) {
      response.end(Buffer.alloc(1000));
      return;
    }
    const timer = setInterval(() => response.write(Buffer.alloc(400)), 1);
    response.on('close', () => {
      clearInterval(timer);
      gone++;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const at = (path: string): URL =>
  new URL(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

test('gives what is behind an address, with its type', async () => {
  const blob = await fetchPicture(at('/whole'), undefined, 1000);
  expect([blob.size, blob.type]).toEqual([1000, 'image/png']);
});

test('refuses by what the server says, before a byte is read', async () => {
  await expect(fetchPicture(at('/whole'), undefined, 999)).rejects.toMatchObject({
    code: 'IMAGE_TOO_LARGE',
    details: { maxBytes: 999 },
  });
});

test('shows no secret of an address in an error', async () => {
  const secret = at('/missing?signature=secret');
  secret.port = '1';
  for (const url of [at('/whole?signature=secret'), secret]) {
    const error = await fetchPicture(url, undefined, 9).catch((thrown) => thrown);
    expect(error.code).toMatch(/^IMAGE_/);
    expect(JSON.stringify(error)).not.toContain('secret');
  }
});

test('lets go of an answer without an end', async () => {
  await expect(fetchPicture(at('/endless'), undefined, 5000)).rejects.toMatchObject({
    code: 'IMAGE_TOO_LARGE',
  });
  await expect.poll(() => gone).toBe(1);
});
