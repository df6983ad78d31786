import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createExample, type Project } from '../packaging/project.js';

/** The examples for Node as someone has them who copied their folders. */
describe('examples/node-batch', () => {
  let project: Project;
  beforeAll(async () => {
    project = await createExample('node-batch');
    mkdirSync(join(project.directory, 'photos'));
    for (const name of ['a', 'b']) {
      await sharp({ create: { width: 128, height: 128, channels: 3, background: '#a8836a' } })
        .jpeg()
        .toFile(join(project.directory, 'photos', `${name}.jpg`));
    }
    project.write('smile.json', '{ "do": "edit", "edits": { "smiling": 2 }, "aligned": true }');
  });
  afterAll(() => project?.dispose());

  test('takes a folder through an edit, and goes on where it was', async () => {
    const run = () =>
      project.node('src/main.js', 'run', 'photos/', 'results/', '--recipe', 'smile.json');
    const first = await run();
    expect(first.code, first.stderr).toBe(0);
    const pictures = readdirSync(join(project.directory, 'results')).filter((name) =>
      /jpg$/.test(name),
    );
    expect(pictures).toEqual(['a.jpg.jpg', 'b.jpg.jpg']);
    const { width } = await sharp(join(project.directory, 'results', 'a.jpg.jpg')).metadata();
    expect(width).toBe(128);
    expect((await run()).code).toBe(0);
  });
});

describe('examples/server', () => {
  let project: Project;
  beforeAll(async () => {
    project = await createExample('server');
  });
  afterAll(() => project?.dispose());

  test('starts, draws a face, and ends when it is asked to', async () => {
    const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', FACEMORPH_WORKERS: '1' };
    const server = spawn(process.execPath, ['server.mjs'], { cwd: project.directory, env });
    const ended = new Promise<number | null>((resolve) => server.once('exit', resolve));
    try {
      const origin = await new Promise<string>((resolve, reject) => {
        let said = '';
        const listen = (chunk: Buffer): void => {
          said += chunk;
          const found = /http:\/\/[\w.]+:\d+/.exec(said);
          if (found) resolve(found[0]);
        };
        server.stdout.on('data', listen);
        server.stderr.on('data', listen);
        ended.then((code) => reject(new Error(`ended with ${code}: ${said}`)));
      });
      const answer = await fetch(`${origin}/v1/sample?seed=7`);
      expect(answer.status).toBe(200);
      expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width).toBe(128);
      server.kill('SIGTERM');
      expect(await ended).toBe(0);
    } finally {
      server.kill('SIGKILL');
    }
  });
});
