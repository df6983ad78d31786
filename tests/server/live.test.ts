import { createServer } from '@facemorph/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { listenOn, type Server } from './support.js';

let app: Server;
let url: string;
beforeAll(async () => {
  app = await createServer({
    ...{ workers: 1, log: false, rateLimit: 0, maxBytes: 400_000 },
    ...{ maxLive: 3, maxLivePerAddress: 2, trustProxy: true },
  });
  url = (await listenOn(app)).replace('http', 'ws');
});
afterAll(() => app?.close());

type Message = { type: string; id?: number; [key: string]: unknown } | Buffer;

/** A client at an address, and what it has heard. */
async function connect(address = '10.0.0.1'): Promise<{
  socket: WebSocket;
  heard: Message[];
  send(message: unknown): void;
  next(count: number): Promise<Message[]>;
}> {
  const socket = new WebSocket(`${url}/v1/live`, { headers: { 'x-forwarded-for': address } });
  const heard: Message[] = [];
  socket.on('message', (data: Buffer, isBinary) =>
    heard.push(isBinary ? data : JSON.parse(data.toString())),
  );
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    socket,
    heard,
    send: (message) => socket.send(Buffer.isBuffer(message) ? message : JSON.stringify(message)),
    next: async (count) => {
      await expect.poll(() => heard.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
      return heard;
    },
  };
}

async function close(socket: WebSocket): Promise<void> {
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.close();
  await closed;
}

describe('GET /v1/live', () => {
  test('opens a face and draws its edits', async () => {
    const { socket, send, next } = await connect();
    send({ type: 'open', seed: 7 });
    send({ type: 'edit', id: 1, edits: { smiling: 2 }, format: 'png' });
    const [opened, frame, picture] = await next(3);
    expect(opened).toMatchObject({ type: 'opened', scores: { smiling: expect.any(Number) } });
    expect(frame).toMatchObject({ type: 'frame', id: 1, width: 128, height: 128 });
    expect((picture as Buffer).subarray(1, 4).toString()).toBe('PNG');
    await close(socket);
  });

  test('the newest edit wins: no frame for what was overtaken, always one for the last', async () => {
    const { socket, send, heard, next } = await connect();
    send({ type: 'open', seed: 7 });
    await next(1);
    for (let id = 1; id <= 50; id++) send({ type: 'edit', id, edits: { smiling: id / 25 } });
    const ids = (): number[] =>
      heard.flatMap((message) => (!Buffer.isBuffer(message) && message.id) || []);
    await expect.poll(() => ids().at(-1), { timeout: 20_000 }).toBe(50);
    expect(ids().length).toBeLessThan(25);
    expect(ids()).toEqual([...ids()].sort((a, b) => a - b));
    await close(socket);
  });

  test('a photo as a binary message', async () => {
    const { socket, send, next } = await connect();
    const sampled = await app.inject({ url: '/v1/sample?seed=3' });
    send({ type: 'open', image: sampled.rawPayload.toString('base64'), aligned: true });
    expect((await next(1))[0]).toMatchObject({ type: 'opened' });
    // Without a word on where the face is, it is searched for; nonsense has none.
    send(Buffer.from('no picture'));
    expect((await next(2))[1]).toMatchObject({ type: 'error', error: { code: 'IMAGE_INVALID' } });
    await close(socket);
  });

  test.each([
    ['no JSON', 'nonsense'],
    ['an unknown type', { type: 'shutdown' }],
    ['an edit of nothing', { type: 'edit' }],
    ['an unknown field', { type: 'open', seed: 1, path: '/etc/passwd' }],
  ])('%s is answered with an error, and the connection lives', async (_, message) => {
    const { socket, send, next } = await connect();
    socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    expect((await next(1))[0]).toMatchObject({
      type: 'error',
      error: { code: 'ARGUMENT_INVALID' },
    });
    send({ type: 'edit', id: 4, edits: { smiling: 1 } });
    expect((await next(2))[1]).toMatchObject({ type: 'error', id: 4, error: { code: 'NO_FACE' } });
    await close(socket);
  });

  test('a message that is too large ends its connection alone', async () => {
    const { socket } = await connect();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.send(Buffer.alloc(500_000));
    expect(await closed).toBe(1009);
    const other = await connect();
    await close(other.socket);
  });

  test('a long text ends its connection, unless it opens a picture', async () => {
    const { socket, send, next } = await connect();
    send({ type: 'open', image: 'A'.repeat(300_000) });
    expect((await next(1))[0]).toMatchObject({ type: 'error', error: { code: 'IMAGE_INVALID' } });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send('['.repeat(300_000));
    expect(await closed).toBe(1008);
  });

  test('who sends and never reads is cut off', async () => {
    const { socket } = await connect();
    socket.on('error', () => {});
    socket.pause();
    for (let i = 0; i < 100_000; i++) socket.send('nonsense');
    const count = async (): Promise<string | undefined> =>
      /^facemorph_live_connections (\d+)/m.exec((await app.inject({ url: '/metrics' })).body)?.[1];
    await expect.poll(count, { timeout: 20_000 }).toBe('0');
    socket.terminate();
  });

  test('no more connections than allowed, of one address and in all', async () => {
    const held = [await connect(), await connect()];
    await expect(connect()).rejects.toThrow('503');
    held.push(await connect('10.0.0.2'));
    await expect(connect('10.0.0.3')).rejects.toThrow('503');
    await Promise.all(held.map(({ socket }) => close(socket)));
    const again = await connect();
    await close(again.socket);
  });
});
