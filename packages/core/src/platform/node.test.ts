import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { platform } from './node.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facemorph-platform-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (url: URL): Promise<Uint8Array> =>
  new Uint8Array(await new Response(await platform.read(url, {})).arrayBuffer());

test('reads files and data URLs', async () => {
  const path = join(folder, 'with # and %.bin');
  await writeFile(path, 'hello');
  expect(new TextDecoder().decode(await read(platform.resolveUrl(path)))).toBe('hello');
  expect(await read(new URL('data:;base64,AQI='))).toEqual(Uint8Array.of(1, 2));
});

test('a missing file is named', async () => {
  const url = pathToFileURL(join(folder, 'missing.onnx'));
  await expect(platform.read(url, {})).rejects.toMatchObject({
    code: 'MODEL_NOT_FOUND',
    message: expect.stringContaining('missing.onnx'),
  });
});

test('an address that no file can have leads nowhere', async () => {
  for (const url of ['file:///a%2Fb.onnx', 'file:///%00']) {
    await expect(platform.read(new URL(url), {})).rejects.toMatchObject({
      code: 'MODEL_NOT_FOUND',
    });
  }
});

test('what a user writes becomes a URL', () => {
  expect(platform.resolveUrl('https://x.test/m').href).toBe('https://x.test/m');
  expect(platform.resolveUrl('models/m').href).toBe(pathToFileURL('models/m').href);
  const url = new URL('https://x.test/');
  expect(platform.resolveUrl(url)).toBe(url);
});

test('writes whole files or none', async () => {
  const path = join(folder, 'out', 'x.png');
  await expect(platform.writeFile(path, Uint8Array.of(1))).rejects.toMatchObject({
    code: 'WRITE_FAILED',
    hint: expect.stringMatching(/folder/),
  });
  await expect(platform.writeFile(folder, Uint8Array.of(1))).rejects.toMatchObject({
    code: 'WRITE_FAILED',
  });
  await platform.writeFile(join(folder, 'x.png'), Uint8Array.of(1));
  await platform.writeFile(join(folder, 'x.png'), Uint8Array.of(2));
  expect(new Uint8Array(await readFile(join(folder, 'x.png')))).toEqual(Uint8Array.of(2));
  expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});
