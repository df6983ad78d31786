import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { facemorph, facemorphJson, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const at = (name: string): string => join(folder, name);
const [first, second] = [at('face-1.png'), at('face-2.png')];

beforeAll(async () => {
  await facemorph(['sample', '--count', '2', '--seed', '11', '-o', `${folder}/`]);
});

/** The mean difference of two pictures, grey levels. */
async function difference(a: string, b: string): Promise<number> {
  const [x, y] = await Promise.all(
    [a, b].map((path) => sharp(path).removeAlpha().raw().toBuffer()),
  );
  let sum = 0;
  for (const [index, value] of x!.entries()) sum += Math.abs(value - y![index]!);
  return sum / x!.length;
}

describe('sample', () => {
  it('gives the same bytes for the same seed, others for another', async () => {
    const sheets = [7, 7, 8].map((seed, index) => [seed, at(`sheet-${index}.png`)] as const);
    for (const [seed, path] of sheets) {
      const args = ['sample', '--count', '16', '--seed', String(seed), '-o', path];
      expect((await facemorph(args)).code).toBe(0);
    }
    const [a, b, c] = sheets.map(([, path]) => readFileSync(path));
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    const { width, height } = await sharp(a).metadata();
    expect([width, height]).toEqual([4 * 132 + 4, 4 * 132 + 4]);
  });

  it('writes single faces into a folder, and tells the seed it took', async () => {
    const report = await facemorphJson(['sample', '-n', '3', '-o', at('three/')]);
    expect(readdirSync(at('three'))).toEqual(['face-1.png', 'face-2.png', 'face-3.png']);
    expect(report).toMatchObject({ command: 'sample', count: 3, outputs: { length: 3 } });
    expect(report.seed).toEqual(expect.any(Number));
  });
});

describe('edit', () => {
  it('changes the face and reports input, output, strengths, timings and warnings', async () => {
    const args = [
      'edit',
      first,
      '--aligned',
      '--set',
      'smiling=2',
      '-k',
      'male',
      '-o',
      at('e.png'),
    ];
    const report = await facemorphJson(args);
    expect(report).toMatchObject({
      command: 'edit',
      model: { id: 'facemorph-128' },
      inputs: [first],
      outputs: [at('e.png')],
      strengths: { smiling: 2 },
      keep: ['male'],
      warnings: [],
    });
    const { load, open, edit, write, total } = report.timings as Record<string, number>;
    for (const time of [load, open, edit, write, total]) expect(time).toBeGreaterThan(0);
    expect(await difference(first, at('e.png'))).toBeGreaterThan(1);
  });

  it('says on stderr what it wrote, and nothing with --quiet', async () => {
    const args = ['edit', first, '-a', '-s', 'smiling=1', '-o', at('said.png')];
    const outcome = await facemorph(args);
    expect([outcome.stderr, outcome.stdout.length]).toEqual([`wrote ${at('said.png')}\n`, 0]);
    expect((await facemorph([...args, '--quiet'])).stderr).toBe('');
  });

  it('moves an attribute to a place', async () => {
    const report = await facemorphJson(['edit', first, '-a', '--to', 'yaw=0', '-o', at('to.json')]);
    const [face] = report.faces as { before: Record<string, number> }[];
    const { yaw } = report.strengths as Record<string, number>;
    expect(yaw).toBeCloseTo(-face!.before.yaw!, 2);
  });

  it.each(['jpg', 'webp', 'png'])('writes .%s by the name of the output', async (extension) => {
    const path = at(`format.${extension}`);
    await facemorph(['edit', first, '-a', '-s', 'smiling=1', '-o', path]);
    const { format } = await sharp(path).metadata();
    expect(format).toBe(extension.replace('jpg', 'jpeg'));
  });

  it('reads stdin and writes stdout', async () => {
    const args = ['edit', '-', '--aligned', '-s', 'smiling=2', '-o'];
    const piped = await facemorph([...args, '-'], { stdin: readFileSync(first) });
    expect([piped.code, piped.stderr]).toEqual([0, 'wrote -\n']);
    await facemorph(['edit', first, '--aligned', '-s', 'smiling=2', '-o', at('file.png')]);
    expect(piped.stdout).toEqual(readFileSync(at('file.png')));
  });

  it('does several, also when one of them is bad', async () => {
    const bad = at('bad.jpg');
    writeFileSync(bad, 'not a picture');
    const args = ['edit', first, bad, second, '-a', '-s', 'smiling=2', '-o', at('several')];
    const { code, stdout, stderr } = await facemorph([...args, '--json']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^facemorph: [^\n]*bad\.jpg[^\n]*\n$/);
    expect(readdirSync(at('several'))).toEqual(['face-1.png', 'face-2.png']);
    const report = JSON.parse(stdout.toString());
    expect(report.faces[1]).toMatchObject({ input: bad, error: { code: 'IMAGE_INVALID' } });
  });

  it('stops at Ctrl+C, without an output', async () => {
    const args = ['sample', '--count', '4000', '-o', at('stopped.png')];
    const { code, stderr } = await facemorph(args, { interruptAfter: 1500 });
    expect([code, stderr]).toEqual([130, 'facemorph: Stopped\n']);
    expect(readdirSync(folder).filter((name) => name.startsWith('stopped'))).toEqual([]);
  });

  it('leaves no partial file where it cannot write', async () => {
    mkdirSync(at('taken.png'));
    const args = ['edit', first, '-a', '-s', 'smiling=2', '-o', at('taken.png')];
    await facemorph(args);
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });
});

describe('encode and decode', () => {
  it('go through a latent file and give the face back', async () => {
    await facemorph(['encode', first, '--aligned', '-o', at('face.json')]);
    const file = JSON.parse(readFileSync(at('face.json'), 'utf8'));
    expect(file).toMatchObject({ format: 'facemorph-latent', version: 1 });
    expect(Buffer.from(file.latent, 'base64').length).toBe(192 * 4);
    await facemorph(['decode', at('face.json'), '-o', at('again.png')]);
    expect(await difference(first, at('again.png'))).toBeLessThan(8);
  });

  it('work in a pipe', async () => {
    const encoded = await facemorph(['encode', first, '--aligned']);
    const decoded = await facemorph(['decode', '-', '-o', '-'], { stdin: encoded.stdout });
    expect([decoded.code, decoded.stderr]).toEqual([0, 'wrote -\n']);
    expect((await sharp(decoded.stdout).metadata()).width).toBe(128);
  });

  it('encode --json holds the latent when there is no file', async () => {
    const report = await facemorphJson(['encode', first, '--aligned']);
    expect(report).toMatchObject({ outputs: [], faces: [{ latent: { version: 1 } }] });
  });

  it('a latent file can be edited', async () => {
    await facemorph(['encode', first, '--aligned', '-o', at('to-edit.json')]);
    await facemorph(['edit', at('to-edit.json'), '-s', 'smiling=2', '-o', at('edited.png')]);
    const direct = ['edit', first, '--aligned', '-s', 'smiling=2', '--mode', 'face'];
    await facemorph([...direct, '-o', at('direct.png')]);
    expect(readFileSync(at('edited.png'))).toEqual(readFileSync(at('direct.png')));
  });
});

describe('morph', () => {
  it('writes an animation that loops, and a sheet', async () => {
    const args = ['morph', first, second, '--aligned', '--frames', '24', '-o', at('m.gif')];
    const report = await facemorphJson([...args, '--sheet', at('m.png')]);
    expect(report).toMatchObject({ outputs: [at('m.gif'), at('m.png')], frames: 24 });
    const { pages, loop, delay, width } = await sharp(at('m.gif')).metadata();
    expect({ pages, loop, width }).toEqual({ pages: 24, loop: 0, width: 128 });
    expect(new Set(delay)).toEqual(new Set([80]));
    expect((await sharp(at('m.png')).metadata()).width).toBe(5 * 132 + 4);
    expect(await difference(at('m.gif'), first)).toBeLessThan(12);
  });

  it('plays back with --bounce', async () => {
    const args = ['morph', first, second, '-a', '-n', '5', '--bounce', '--path', 'spherical'];
    expect((await facemorph([...args, '-o', at('b.gif')])).code).toBe(0);
    expect((await sharp(at('b.gif')).metadata()).pages).toBe(8);
  });

  it('writes single frames into a folder', async () => {
    await facemorph(['morph', first, second, '-a', '-n', '3', '-o', at('frames/')]);
    expect(readdirSync(at('frames'))).toEqual(['frame-1.png', 'frame-2.png', 'frame-3.png']);
  });
});

describe('attributes', () => {
  it('list groups them, with their ranges', async () => {
    const { stdout } = await facemorph(['attributes', 'list', '--group', 'expression']);
    expect(stdout.toString()).toMatch(/^expression\n {2}smiling +\S.* -?[\d.]+ to [\d.]+\n/);
    expect(stdout.toString()).not.toContain('beard');
    const report = await facemorphJson(['attributes', 'list']);
    const names = (report.attributes as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['smiling', 'blond_hair', 'beard', 'gaze']));
  });

  it('show tells what is known of one', async () => {
    const report = await facemorphJson(['attributes', 'show', 'smiling']);
    expect(report.attribute).toMatchObject({ name: 'smiling', group: 'expression' });
    const { stdout, stderr } = await facemorph([
      ...['attributes', 'show', 'smiling'],
      ...['--plot', at('smiling.png')],
    ]);
    expect(stderr).toBe(`wrote ${at('smiling.png')}\n`);
    const text = stdout.toString();
    expect(text).toMatch(/^smiling \(Smile\)\n/);
    expect(text).toMatch(/ {2}told apart {3}█+[▏▎▍▌▋▊▉]?·* 0\.\d\d/);
    expect(text).toMatch(/ {4}high_cheekbones +·+│█+·* \+\d\.\d\d\n/);
    const { width, height } = await sharp(at('smiling.png')).metadata();
    expect(width).toBe(2 * 24 + 7 * 128 + 6 * 8);
    expect(height).toBeGreaterThan(300);
  });
});

describe('doctor', () => {
  it('finds both backends, and says how fast they are', async () => {
    const report = await facemorphJson(['doctor']);
    expect(report).toMatchObject({ ok: true, model: { id: 'facemorph-128' }, advice: [] });
    const backends = report.backends as { timings: Record<string, number> }[];
    for (const { timings } of backends) expect(timings.decode).toBeGreaterThan(0);
    expect(existsSync(at('doctor'))).toBe(false);
  });
});
