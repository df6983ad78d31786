import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UsageError } from './failure.js';
import { planOutputs } from './output.js';

const folder = mkdtempSync(join(tmpdir(), 'facemorph-output-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const rules = { extensions: ['.png', '.jpg', '.json'], force: false, keepExtension: true };

describe('planOutputs', () => {
  it('takes a file for one input', () => {
    const plan = planOutputs(['a.jpg'], at('out.png'), rules);
    expect(plan).toEqual({ jobs: [{ input: 'a.jpg', output: at('out.png') }] });
  });

  it('takes a folder for several, which keep their format where it can be written', () => {
    const { jobs, folder: made } = planOutputs(['x/a.JPG', 'y/b.tiff', 'c.json'], at('new'), rules);
    expect(made).toBe(at('new'));
    expect(jobs.map(({ output }) => output)).toEqual([
      at('new/a.jpg'),
      at('new/b.png'),
      at('new/c.png'),
    ]);
  });

  it.each([
    [['a.jpg'], undefined, 'Missing --output'],
    [['a.jpg'], 'out.bmp', 'Cannot write out.bmp'],
    [['a.jpg'], 'nowhere/out.png', 'There is no folder nowhere'],
    [['a.jpg', 'b.jpg'], 'out.png', 'Several inputs'],
    [['a.jpg', 'b.jpg'], '-', 'Several inputs'],
    [['x/a.jpg', 'y/a.jpg'], 'out/', 'Two inputs would both go to'],
  ])('refuses %j to %s', (inputs, output, message) => {
    expect(() => planOutputs(inputs, output, rules)).toThrow(UsageError);
    expect(() => planOutputs(inputs, output, rules)).toThrow(message);
  });

  it('refuses to replace an input, also through a link, unless it is forced', () => {
    writeFileSync(at('face.png'), '');
    symlinkSync(at('face.png'), at('link.png'));
    for (const output of [at('face.png'), at('link.png'), `${folder}/./face.png`]) {
      expect(() => planOutputs([at('face.png')], output, rules)).toThrow('would be overwritten');
    }
    expect(() => planOutputs([at('face.png')], `${folder}/`, rules)).toThrow(
      'would be overwritten',
    );
    const forced = planOutputs([at('face.png')], at('face.png'), { ...rules, force: true });
    expect(forced.jobs).toHaveLength(1);
  });
});
