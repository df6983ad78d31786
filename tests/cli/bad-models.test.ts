import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRefusal, facemorph, modelFolder, temporaryFolder } from './command-line.js';

const folder = temporaryFolder();
const out = join(folder, 'out.png');

/** A copy of the shipped model, changed. */
function changedModel(name: string, change: (folder: string) => void): string {
  const copy = join(folder, name);
  cpSync(modelFolder, copy, { recursive: true });
  change(copy);
  return copy;
}

async function refuse(model: string, message: RegExp, more: readonly string[] = []): Promise<void> {
  const before = readdirSync(folder);
  const outcome = await facemorph(['sample', '--model', model, ...more, '-o', out]);
  expectRefusal(outcome, 1, message);
  expect(readdirSync(folder)).toEqual(before);
}

/** Another hash for the encoder in a JSON file. */
function withOtherModel(path: string): string {
  const file = JSON.parse(readFileSync(path, 'utf8'));
  return JSON.stringify({ ...file, model: { id: 'another', sha256: 'ab'.repeat(32) } });
}

describe('a model that is not what it says is refused in one line and leaves no output', () => {
  it('no model there', () => refuse(join(folder, 'nowhere'), /nowhere/));

  it('corrupted weights', () =>
    refuse(
      changedModel('corrupted', (copy) => {
        const path = join(copy, 'decoder.onnx');
        const bytes = readFileSync(path);
        bytes[bytes.length >> 1]! ^= 0x40;
        writeFileSync(path, bytes);
      }),
      /decoder\.onnx is not the file that the manifest describes/,
    ));

  it('truncated weights', () =>
    refuse(
      changedModel('truncated', (copy) => {
        const path = join(copy, 'decoder.onnx');
        writeFileSync(path, readFileSync(path).subarray(0, 1000));
      }),
      /decoder\.onnx ended after 1000 of/,
    ));

  it('swapped weights', () =>
    refuse(
      changedModel('swapped', (copy) => {
        renameSync(join(copy, 'encoder.onnx'), join(copy, 'kept.onnx'));
        renameSync(join(copy, 'decoder.onnx'), join(copy, 'encoder.onnx'));
        renameSync(join(copy, 'kept.onnx'), join(copy, 'decoder.onnx'));
      }),
      /decoder\.onnx is longer than/,
    ));

  it('a manifest that is not JSON', () =>
    refuse(
      changedModel('manifest', (copy) => writeFileSync(join(copy, 'manifest.json'), '{')),
      /manifest\.json is not JSON/,
    ));

  it('attributes of another model', async () => {
    const attributes = join(folder, 'another.json');
    writeFileSync(attributes, withOtherModel(join(modelFolder, 'attributes.json')));
    await refuse(modelFolder, /belong to model "another"/, ['--attributes', attributes]);
  });

  it('an attribute file that is none', async () => {
    const attributes = join(folder, 'none.json');
    writeFileSync(attributes, '{"format":"something"}');
    await refuse(modelFolder, /facemorph-attributes.*format/, ['--attributes', attributes]);
  });

  it('a latent of another model', async () => {
    const latent = join(folder, 'latent.json');
    const file = { format: 'facemorph-latent', version: 1, model: {}, latent: '' };
    writeFileSync(latent, JSON.stringify(file));
    expectRefusal(await facemorph(['decode', latent, '-o', out]), 1, /model\.sha256/);
    writeFileSync(latent, withOtherModel(latent));
    expectRefusal(await facemorph(['decode', latent, '-o', out]), 1, /belongs to model "another"/);
    expect(existsSync(out)).toBe(false);
  });

  it('doctor names what is wrong', async () => {
    const outcome = await facemorph(['doctor', '--json', '--model', join(folder, 'corrupted')]);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/^facemorph: decoder\.onnx is not the file[^\n]+\n$/);
    const report = JSON.parse(outcome.stdout.toString());
    expect(report.ok).toBe(false);
    expect(report.backends[0].error.code).toBe('MODEL_INTEGRITY');
  });
});
