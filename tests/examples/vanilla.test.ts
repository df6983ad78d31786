import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, withoutBrowser } from '../browser/support/chromium.js';
import { createExample, type Project } from '../packaging/project.js';

/** examples/vanilla as someone has it who copied the folder, visited under its own strict policy. */
describe.skipIf(withoutBrowser)('examples/vanilla', () => {
  let project: Project;
  let server: ChildProcess;
  let origin: string;
  let browser: Browser;
  let page: Page;
  let photo: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
  const requests: { readonly method: string; readonly url: string; readonly body: number }[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    project = await createExample('vanilla');
    expect(await project.node('assets.mjs')).toEqual({ code: 0, stdout: '', stderr: '' });
    [server, origin] = await startServer(project.directory);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.context().on('request', (request) =>
      requests.push({
        method: request.method(),
        url: request.url(),
        body: request.postDataBuffer()?.length ?? 0,
      }),
    );
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`violation of ${event.violatedDirective} by ${event.blockedURI}`);
      });
    });
    await page.goto(origin);
    await page.locator('fieldset:not([disabled])').waitFor({ timeout: 60_000 });
  });
  afterAll(async () => {
    await browser?.close();
    server?.kill();
    project?.dispose();
  });

  /** What the canvas shows, as grey levels. */
  async function picture(): Promise<Buffer> {
    const png = await page.locator('canvas').screenshot();
    return sharp(png).removeAlpha().raw().toBuffer();
  }

  const width = (): Promise<number> =>
    page.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).width);

  async function look(name: string): Promise<void> {
    const folder = process.env.FACEMORPH_SCREENSHOTS;
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  }

  async function move(name: string, value: number): Promise<void> {
    await page.locator(`input[name="${name}"]`).evaluate((element, to) => {
      (element as HTMLInputElement).value = String(to);
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
    }, value);
  }

  test('its server outlives a path that is none', async () => {
    const answer = await fetch(`${origin}/`);
    expect([new URL(answer.url).pathname, answer.status]).toEqual(['//', 404]);
    expect((await fetch(origin)).status).toBe(200);
  });

  test('nothing can be asked for before the model is there', async () => {
    const early = await browser.newPage();
    await early.route('**/main.js', (route) => route.abort());
    await early.goto(origin);
    const controls = await early.locator('button, input').all();
    expect(controls).toHaveLength(3);
    for (const control of controls) expect(await control.isDisabled()).toBe(true);
    await early.close();
  });

  test('the keyboard reaches the photo', async () => {
    await page.keyboard.press('Tab');
    const reached = await page.evaluate(() => (document.activeElement as HTMLInputElement).type);
    expect(reached).toBe('file');
  });

  test('a slider changes the face', async () => {
    const before = await picture();
    await move('smiling', 2);
    await expect
      .poll(async () => difference(before, await picture()), patient)
      .toBeGreaterThan(0.5);
    await look('vanilla');
  });

  test('a photo is opened, changed and saved at its own size', async () => {
    const face = await page.evaluate(() => {
      const canvas = document.querySelector('canvas') as HTMLCanvasElement;
      return canvas.toDataURL('image/png').split(',')[1] as string;
    });
    // A face that nobody has, in the middle of a larger photo.
    const inside = await sharp(Buffer.from(face, 'base64')).resize(256, 256).toBuffer();
    const buffer = await sharp({
      create: { width: 640, height: 480, channels: 3, background: '#8a9aa8' },
    })
      .composite([{ input: inside, left: 192, top: 112 }])
      .jpeg()
      .toBuffer();
    photo = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer };
    await page.locator('input[type="file"]').setInputFiles(photo);
    await expect.poll(width, patient).toBe(640);
    await move('blond_hair', 2);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save' }).click();
    const saved = await sharp(await (await download).path()).metadata();
    expect([saved.format, saved.width, saved.height]).toEqual(['png', 640, 480]);
    expect(saved.xmp?.toString()).toContain('compositeWithTrainedAlgorithmicMedia');
    await look('vanilla-photo');
  });

  test('what is slow does not cover what came after it', async () => {
    const another = page.getByRole('button', { name: 'Another face' });
    await move('smiling', 1);
    await another.click();
    await expect.poll(width, patient).toBe(128);
    await page.locator('input[type="file"]').setInputFiles(photo);
    await another.click();
    await page.waitForTimeout(2000);
    expect(await width()).toBe(128);
  });

  test('no word on the console: nothing violates the policy', () => {
    expect(complaints).toEqual([]);
  });

  test('the picture went nowhere: files were fetched from the page’s host, nothing was sent', () => {
    const elsewhere = requests.filter(
      ({ url }) => !/^(data:|blob:)/.test(url) && !url.startsWith(origin),
    );
    expect(elsewhere).toEqual([]);
    expect(requests.filter(({ method, body }) => method !== 'GET' || body > 0)).toEqual([]);
    expect(requests.length).toBeGreaterThan(5);
  });

  test('with the network cut it still edits', async () => {
    const count = requests.length;
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Another face' }).click();
    await page.waitForTimeout(300);
    const before = await picture();
    await move('smiling', 2);
    await expect
      .poll(async () => difference(before, await picture()), patient)
      .toBeGreaterThan(0.5);
    expect(requests.slice(count)).toEqual([]);
  });
});

/** The first photo fetches encoder and locator. */
const patient = { timeout: 30_000 };

function difference(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) return 255;
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

/** The example's own server on a free port. */
function startServer(directory: string): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, ['serve.mjs'], {
    cwd: directory,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => resolve([child, text.toString().trim()]));
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}`)));
  });
}
