import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, withoutBrowser } from '../browser/support/chromium.js';
import { createExample, type Project } from '../packaging/project.js';

const NEXT = join('node_modules', 'next', 'dist', 'bin', 'next');

/** examples/next-app as someone has it who copied the folder: built by Next, served by Next. */
describe.skipIf(withoutBrowser)('examples/next-app', () => {
  let project: Project;
  let server: ChildProcess;
  let origin: string;
  let browser: Browser;
  let page: Page;
  let answer: string;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    // Next would report its builds.
    process.env.NEXT_TELEMETRY_DISABLED = '1';
    project = await createExample('next-app');
    const { code, stdout, stderr } = await project.node(NEXT, 'build');
    if (code !== 0) throw new Error(`next build ended with ${code}\n${stdout}${stderr}`);
    [server, origin] = await startNext(project.directory);
    answer = await (await fetch(origin)).text();
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.context().on('request', (request) => requests.push(request.url()));
    await page.goto(origin);
    await page.locator('[data-status="ready"] canvas').waitFor({ timeout: 90_000 });
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    if (server?.exitCode === null) {
      server.kill();
      await once(server, 'exit');
    }
    project?.dispose();
  });

  test('the page comes from the server with the frame of the editor in it', () => {
    expect(answer).toContain('<h1>FaceMorph</h1>');
    expect(answer).toMatch(/class="fm-morpher[^>]*data-status="loading"/);
  });

  test('it wakes up, and a slider changes the face', async () => {
    const canvas = page.locator('canvas').first();
    const picture = async (): Promise<Buffer> =>
      sharp(await canvas.screenshot())
        .removeAlpha()
        .raw()
        .toBuffer();
    // The face comes into view before it can be compared.
    let last = await picture();
    await expect
      .poll(async () => {
        const now = await picture();
        const isStill = now.equals(last);
        last = now;
        return isStill;
      }, patient)
      .toBe(true);
    const slider = page.locator(
      '[data-attribute="smiling"] [role="slider"], [data-attribute="smiling"] input',
    );
    await slider.first().focus();
    await page.keyboard.press('End');
    await expect.poll(async () => difference(last, await picture()), patient).toBeGreaterThan(0.5);
    const folder = process.env.FACEMORPH_SCREENSHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, 'next-app.png'), fullPage: true });
  });

  test('no word on the console: what the server wrote is what the browser draws', () => {
    expect(complaints).toEqual([]);
  });

  test('all files come from the page’s own host, the model among them', () => {
    const elsewhere = requests.filter(
      (url) => !/^(data:|blob:)/.test(url) && !url.startsWith(`${origin}/`),
    );
    expect(elsewhere).toEqual([]);
    expect(requests.some((url) => /\.onnx$/.test(url))).toBe(true);
  });
});

const patient = { timeout: 30_000, interval: 200 };

function difference(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) return 255;
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

/** `next start` on a free port of this machine. */
async function startNext(directory: string): Promise<[ChildProcess, string]> {
  const port = await freePort();
  const args = [NEXT, 'start', '--hostname', '127.0.0.1', '--port', String(port)];
  const child = spawn(process.execPath, args, {
    cwd: directory,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => text.includes('Ready') && resolve());
    child.on('exit', (code) => reject(new Error(`next start ended with ${code}`)));
  });
  return [child, `http://127.0.0.1:${port}`];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
