import { Agent, type RequestOptions, request } from 'node:http';
import { connect } from 'node:net';
import { createServer, startServer } from '@facemorph/server';
import { describe, expect, test } from 'vitest';
import { listenOn, runningOn } from './support.js';

const quick = { workers: 1, log: false } as const;

test('the rate limit is that of an address, and spares the probes', async () => {
  const app = await createServer({ ...quick, rateLimit: 2 });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) {
    statuses.push((await app.inject({ url: '/v1/attributes' })).statusCode);
  }
  const refused = await app.inject({ url: '/v1/attributes' });
  expect([...statuses, refused.statusCode]).toEqual([200, 200, 429, 429]);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json().error).toMatchObject({
    code: 'RATE_LIMITED',
    hint: expect.stringContaining('Retry-After'),
  });
  expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
  await app.close();
});

test('a job that runs too long is a 504, and the server goes on', async () => {
  const app = await createServer({ ...quick, rateLimit: 0, jobTimeout: 5 });
  const answer = await app.inject({ url: '/v1/sample?count=64' });
  expect(answer.statusCode).toBe(504);
  expect(answer.json().error.code).toBe('TIMEOUT');
  expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
  await app.close();
});

test('a body that never ends is cut off', async () => {
  const app = await createServer({ ...quick, requestTimeout: 300 });
  const url = await listenOn(app);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    'POST /v1/encode HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{',
  );
  await ended;
  expect(heard).toMatch(/^HTTP\/1\.1 408/);
  await app.close();
});

test('a form that is too large does not hold up what its connection asks next', async () => {
  const app = await createServer({ ...quick, maxBytes: 100_000 });
  const url = await listenOn(app);
  const form = new FormData();
  form.set('image', new Blob([new Uint8Array(300_000)]));
  for (const name of ['from', 'to']) form.set(name, new Blob([new Uint8Array(90_000)]));
  const written = new Response(form);
  const headers = { 'content-type': written.headers.get('content-type') ?? '' };
  const body = Buffer.from(await written.arrayBuffer());
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string, options: RequestOptions, sent?: Buffer): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const asked = request(url + path, { ...options, agent, timeout: 5000 }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode));
      });
      asked.on('timeout', () => asked.destroy(new Error('no answer'))).on('error', reject);
      asked.end(sent);
    });
  expect(await ask('/v1/edit', { method: 'POST', headers }, body)).toBe(413);
  expect(await ask('/healthz', {})).toBe(200);
  agent.destroy();
  await app.close();
});

describe('a graceful end', () => {
  test('answers what is under way, refuses what comes later, ends its threads', async () => {
    const server = await startServer({ ...quick, port: 0, rateLimit: 0 });
    const underWay = fetch(`${server.url}/v1/sample?count=32`);
    await expect.poll(() => runningOn(server.url)).toBe(1);
    const closed = Promise.all([server.close(), server.close()]);
    expect((await underWay).status).toBe(200);
    await closed;
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });

  test('cuts off what takes too long', async () => {
    const server = await startServer({ ...quick, port: 0, rateLimit: 0, closeTimeout: 100 });
    const underWay = fetch(`${server.url}/v1/sample?count=64`).then(
      (answer) => answer.text(),
      () => 'cut off',
    );
    await expect.poll(() => runningOn(server.url)).toBe(1);
    await server.close();
    expect(await underWay).toBe('cut off');
  });

  test('a port that is taken is said', async () => {
    const server = await startServer({ ...quick, port: 0 });
    const port = Number(new URL(server.url).port);
    await expect(startServer({ ...quick, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.close();
  });
});
