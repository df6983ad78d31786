import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { createServer } from '@facemorph/server';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { form, latentOf, listenOn, runningOn, type Server, waitingOn } from './support.js';

/** The shipped model on one thread, a queue of two. */
let app: Server;
let url: string;
let face: { image: Buffer; latent: string };

beforeAll(async () => {
  app = await createServer({
    ...{ workers: 1, maxQueue: 2, log: false, rateLimit: 0, maxBytes: 200_000 },
    ...{ maxPixels: 1_000_000, maxWait: 60_000 },
  });
  url = await listenOn(app);
  const answer = await app.inject({
    url: '/v1/sample?seed=7&format=jpeg',
    headers: { accept: 'application/json' },
  });
  const [sampled] = answer.json().faces;
  face = { image: Buffer.from(sampled.image, 'base64'), latent: sampled.latent };
});
afterAll(() => app?.close());

describe('POST /v1/edit', () => {
  const edits = { smiling: 2 };

  test('a form with a photo gives the photo, edited and marked', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/edit',
      ...form({ image: face.image, edits: JSON.stringify(edits), aligned: 'true', keep: 'male' }),
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
    });
    expect(await sharp(answer.rawPayload).metadata()).toMatchObject({ width: 128, height: 128 });
    expect(answer.rawPayload.includes('compositeWithTrainedAlgorithmicMedia')).toBe(true);
  });

  test('JSON with a photo gives the same picture, and the facts on demand', async () => {
    const image = face.image.toString('base64');
    const options = { method: 'POST', url: '/v1/edit' } as const;
    const payload = { image, edits, aligned: true, format: 'png' };
    const picture = await app.inject({ ...options, payload });
    const told = await app.inject({
      ...options,
      payload,
      headers: { accept: 'application/json' },
    });
    const facts = told.json();
    expect(Buffer.from(facts.image, 'base64').equals(picture.rawPayload)).toBe(true);
    expect(facts).toMatchObject({ type: 'image/png', width: 128, provenance: 'edited' });
    expect(facts.reached.smiling).toBeCloseTo(2, 1);
    expect(latentOf(facts.latent)).toHaveLength(192);
  });

  test('takes a latent in place of a photo', async () => {
    const payload = { latent: face.latent, edits: { smiling: { value: 1 } } };
    const answer = await app.inject({ method: 'POST', url: '/v1/edit', payload });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('image/jpeg');
  });

  test.each([
    ['no image', { edits }, 400, 'ARGUMENT_INVALID'],
    ['no edits', { image: 'AA==' }, 400, 'FST_ERR_VALIDATION'],
    ['an unknown field', { image: 'AA==', edits, path: '/etc/passwd' }, 400, 'FST_ERR_VALIDATION'],
    ['a path as picture', { image: '/etc/passwd', edits }, 415, 'IMAGE_INVALID'],
    ['an address as picture', { image: 'http://localhost/', edits }, 415, 'IMAGE_INVALID'],
    ['no picture at all', { image: 'AAAA', edits }, 415, 'IMAGE_INVALID'],
    ['half a latent', { latent: 'AAAA', edits }, 400, 'LATENT_INVALID'],
    [
      'a strength that is a text',
      { latent: '', edits: { smiling: '2' } },
      400,
      'FST_ERR_VALIDATION',
    ],
  ])('%s is refused', async (_, payload, status, code) => {
    const answer = await app.inject({ method: 'POST', url: '/v1/edit', payload });
    expect(answer.statusCode).toBe(status);
    expect(answer.json().error).toMatchObject({ code, message: expect.any(String) });
  });

  test('a misspelt attribute is told apart', async () => {
    const payload = { latent: face.latent, edits: { smilling: 1 } };
    const answer = await app.inject({ method: 'POST', url: '/v1/edit', payload });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error.hint).toContain('smiling');
  });

  test('a picture of too many pixels and a body of too many bytes are refused', async () => {
    const large = await sharp({
      create: { width: 1100, height: 1000, channels: 3, background: '#888' },
    })
      .png()
      .toBuffer();
    const pixels = await app.inject({
      method: 'POST',
      url: '/v1/edit',
      ...form({ image: large, edits: '{}' }),
    });
    expect(pixels.statusCode).toBe(413);
    expect(pixels.json().error.code).toBe('IMAGE_TOO_LARGE');
    const bytes = await app.inject({
      method: 'POST',
      url: '/v1/edit',
      ...form({ image: Buffer.alloc(300_000), edits: '{}' }),
    });
    expect(bytes.statusCode).toBe(413);
    const field = await app.inject({
      method: 'POST',
      url: '/v1/edit',
      ...form({ image: 'A'.repeat(70_000), edits: '{}' }),
    });
    expect(field.statusCode).toBe(413);
    expect(field.json().error).toMatchObject({ code: 'FIELD_TOO_LARGE' });
  });

  test('a photo without a face is a 422', async () => {
    const empty = await sharp({
      create: { width: 256, height: 256, channels: 3, background: '#888' },
    })
      .png()
      .toBuffer();
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/edit',
      ...form({ image: empty, edits: '{}' }),
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().error.code).toBe('NO_FACE');
  });
});

test('POST /v1/encode and /v1/decode are there and back', async () => {
  const encoded = await app.inject({
    method: 'POST',
    url: '/v1/encode',
    ...form({ image: face.image, aligned: 'true' }),
  });
  expect(encoded.statusCode).toBe(200);
  const { latent, scores, model } = encoded.json();
  expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(scores.smiling).toEqual(expect.any(Number));
  const payload = { latents: [latent], format: 'png' };
  const one = await app.inject({ method: 'POST', url: '/v1/decode', payload });
  expect(await sharp(one.rawPayload).metadata()).toMatchObject({ format: 'png', width: 128 });
  const two = await app.inject({
    method: 'POST',
    url: '/v1/decode',
    payload: { ...payload, latents: [latent, latent] },
  });
  expect(two.json().images).toHaveLength(2);
});

test('POST /v1/morph gives an animation', async () => {
  const payload = { from: { seed: 1 }, to: { latent: face.latent }, frames: 5 };
  const answer = await app.inject({ method: 'POST', url: '/v1/morph', payload });
  expect(answer.headers['content-type']).toBe('image/webp');
  expect(await sharp(answer.rawPayload, { animated: true }).metadata()).toMatchObject({ pages: 5 });
  expect(answer.rawPayload.includes('trainedAlgorithmicMedia')).toBe(true);
  const missing = await app.inject({ method: 'POST', url: '/v1/morph', payload: { from: {} } });
  expect(missing.statusCode).toBe(400);
});

test('GET /v1/sample: the same seed gives the same bytes', async () => {
  const [one, again, other] = await Promise.all(
    [5, 5, 6].map((seed) => app.inject({ url: `/v1/sample?seed=${seed}&format=png` })),
  );
  expect(one!.rawPayload.equals(again!.rawPayload)).toBe(true);
  expect(one!.rawPayload.equals(other!.rawPayload)).toBe(false);
  expect((await app.inject({ url: '/v1/sample?count=65' })).statusCode).toBe(400);
});

test('GET /v1/attributes says what can be edited', async () => {
  const { attributes } = (await app.inject({ url: '/v1/attributes' })).json();
  expect(attributes).toContainEqual(expect.objectContaining({ name: 'smiling' }));
});

describe('the API describes itself', () => {
  test('as OpenAPI, with every address', async () => {
    const document = (await app.inject({ url: '/openapi.json' })).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual([
      '/v1/attributes',
      '/v1/decode',
      '/v1/edit',
      '/v1/encode',
      '/v1/live',
      '/v1/morph',
      '/v1/sample',
    ]);
    const content = document.paths['/v1/edit'].post.requestBody.content;
    expect(Object.keys(content)).toContain('multipart/form-data');
  });

  test('as a page that loads nothing from elsewhere', async () => {
    const page = await app.inject({ url: '/docs' });
    expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/);
    expect(page.body).not.toMatch(/(src|href)="https?:/);
  });
});

describe('a full server', () => {
  test('answers 503 with Retry-After, does what it took on, and recovers', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => fetch(`${url}/v1/sample?count=24&format=jpeg`)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(((await answer.json()) as { error: unknown }).error).toMatchObject({ code: 'BUSY' });
    }
    expect((await fetch(`${url}/v1/sample`)).status).toBe(200);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/facemorph_refused_total\{reason="queue"\} [1-9]/);
    expect(metrics).toMatch(/facemorph_pool_waiting 0/);
    expect(metrics).toMatch(/facemorph_http_request_seconds_count\{route="\/v1\/sample"/);
  });

  test('keeps the connection of whom it refuses, unless much is still to come on it', async () => {
    const work = Array.from({ length: 3 }, () => fetch(`${url}/v1/sample?count=64`));
    await expect.poll(() => waitingOn(url)).toBe(2);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const post = (bytes: number): Promise<unknown[]> =>
      new Promise((resolve, reject) => {
        const headers = { 'content-type': 'application/json' };
        const request = httpRequest(`${url}/v1/edit`, { method: 'POST', agent, headers });
        request.on('error', reject);
        request.on('response', (answer) => {
          const { statusCode, headers } = answer.resume();
          answer.on('end', () => resolve([statusCode, headers.connection, request.reusedSocket]));
        });
        request.end(Buffer.alloc(bytes, 'x'));
      });
    expect(await post(100_000)).toEqual([503, 'keep-alive', false]);
    expect(await post(100_000)).toEqual([503, 'keep-alive', true]);
    // The answer may be lost where the connection is cut while the body is on its way.
    const [status, connection] = await post(2 ** 21).catch(() => [503, 'close']);
    expect([status, connection]).toEqual([503, 'close']);
    agent.destroy();
    await Promise.all(work);
  });

  test('is one whose jobs are long, too, though its queue has room', async () => {
    const patient = await createServer({
      ...{ workers: 1, maxQueue: 100, maxWait: 150, log: false, rateLimit: 0 },
    });
    const at = await listenOn(patient);
    const sample = (count: number): Promise<Response> => fetch(`${at}/v1/sample?count=${count}`);
    // It learns what a face takes; a few of them are no reason to refuse.
    for (let i = 0; i < 3; i++) expect((await sample(4)).status).toBe(200);
    const few = await Promise.all([sample(1), sample(1)]);
    expect(few.map(({ status }) => status)).toEqual([200, 200]);
    const long = sample(64);
    await expect.poll(() => runningOn(at)).toBe(1);
    const refused = await sample(1);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    const metrics = await (await fetch(`${at}/metrics`)).text();
    expect(metrics).toMatch(/facemorph_refused_total\{reason="wait"\} 1/);
    const [, wait] = /^facemorph_pool_expected_wait_seconds (\S+)/m.exec(metrics) ?? [];
    expect(Number(wait)).toBeGreaterThan(0);
    expect((await long).status).toBe(200);
    expect((await sample(1)).status).toBe(200);
    await patient.close();
  });

  test('drops the work of a client that goes', async () => {
    const request = httpRequest(`${url}/v1/sample?count=64`);
    const failed = new Promise((resolve) => request.once('error', resolve));
    request.end();
    await expect.poll(() => runningOn(url)).toBe(1);
    request.destroy();
    await failed;
    await expect.poll(() => runningOn(url)).toBe(0);
  });
});

test('/healthz and /readyz', async () => {
  expect((await app.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' });
  expect((await app.inject({ url: '/readyz' })).json()).toMatchObject({
    status: 'ready',
    workers: 1,
  });
});

test('what is no HTTP, no address and no form harms nothing', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  socket.end('\x00\x01\x02 nonsense\r\n\r\n');
  socket.resume();
  await ended;
  expect((await fetch(`${url}/../../etc/passwd`)).status).toBe(404);
  const cut = await fetch(`${url}/v1/edit`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    body: '--x\r\ncontent-disposition: form-data; name="image"; filename="a"\r\n\r\nabc',
  });
  expect(cut.status).toBeGreaterThanOrEqual(400);
  expect(cut.status).toBeLessThan(500);
  const other = await app.inject({
    method: 'POST',
    url: '/v1/edit',
    ...form({ file: Buffer.from('x'), edits: '{}' }),
  });
  expect(other.statusCode).toBe(400);
});
