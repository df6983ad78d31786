import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serve } from './static-server.mjs';

const folder = mkdtempSync(join(tmpdir(), 'facemorph-serve-'));
/** @type {Awaited<ReturnType<typeof serve>>} */
let server;

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'a b.wasm'), new Uint8Array([0, 97, 115, 109]));
  writeFileSync(join(folder, 'app.webmanifest'), '{}');
  writeFileSync(join(folder, 'type.woff2'), 'wOF2');
  server = await serve({ folder });
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/**
 * The status of a path sent as it is; fetch would tidy it first.
 *
 * @param {string} path
 * @returns {Promise<number | undefined>}
 */
const statusOf = (path) =>
  new Promise((resolve, reject) => {
    request(new URL(server.url), { path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });

describe('serve', () => {
  test('answers / with the page, isolated and confined to this server', async () => {
    const answer = await fetch(server.url);
    expect(await answer.text()).toBe('<!doctype html>');
    expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(answer.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self'");
  });

  test('gives wasm its type, whole', async () => {
    const answer = await fetch(`${server.url}a%20b.wasm`);
    expect(answer.headers.get('content-type')).toBe('application/wasm');
    expect((await answer.arrayBuffer()).byteLength).toBe(4);
  });

  test.each([
    ['app.webmanifest', 'application/manifest+json'],
    ['type.woff2', 'font/woff2'],
  ])('gives %s its type', async (file, type) => {
    const answer = await fetch(server.url + file);
    expect(answer.headers.get('content-type')).toBe(type);
    await answer.arrayBuffer();
  });

  test.each([
    '/missing.onnx',
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%00',
    '/%',
  ])('answers %s with 404', async (path) => {
    expect(await statusOf(path)).toBe(404);
  });

  test('refuses to be written to', async () => {
    expect((await fetch(server.url, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  test('takes another port when the wanted one is in use', async () => {
    const taken = Number(new URL(server.url).port);
    const second = await serve({ folder, port: taken });
    expect(new URL(second.url).port).not.toBe(String(taken));
    await second.close();
  });
});
