import { readFile } from 'node:fs/promises';
import { type AttributeFile, FaceMorph, FaceMorphError } from '@facemorph/core';
import type { ArgsDef } from 'citty';
import type { Arguments } from './arguments.js';
import type { Run } from './run.js';

/** Options of every command that loads a model. */
export const modelArgs = {
  model: { type: 'string', valueHint: 'dir', description: 'Folder or URL of another model' },
  backend: {
    type: 'enum',
    options: ['auto', 'onnxruntime-node', 'wasm'],
    description: 'What runs the model (default: auto)',
  },
  attributes: {
    type: 'string',
    valueHint: 'file',
    description: 'Another attribute file to add; repeatable',
  },
} as const satisfies ArgsDef;

/** Loads the model that the command line asks for, works with it and frees it. */
export async function withModel<T>(
  args: Arguments<typeof modelArgs>,
  run: Run,
  work: (fm: FaceMorph) => Promise<T>,
): Promise<T> {
  const { model, backend } = args.options;
  const fm = await run.time('load', async () =>
    FaceMorph.load({
      ...run.task,
      model,
      backend: backend as 'auto' | 'onnxruntime-node' | 'wasm' | undefined,
      attributes: await Promise.all(args.all('attributes').map(readAttributeFile)),
      onFallback: ({ from, to, reason }) =>
        run.warn('BACKEND_FALLBACK', `${from} cannot be used, ${to} does the work: ${reason}`),
    }),
  );
  try {
    return await work(fm);
  } finally {
    await fm.dispose();
  }
}

/** What `--json` says about the model. */
export function describeModel({ manifest, backend }: FaceMorph): Record<string, unknown> {
  return { model: { id: manifest.id, sha256: manifest.files.encoder.sha256 }, backend };
}

async function readAttributeFile(path: string): Promise<AttributeFile> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code !== undefined;
    throw new FaceMorphError(
      'ATTRIBUTES_INVALID',
      missing ? `Cannot read the attribute file ${path}` : `${path} is not JSON`,
      { hint: 'Give a file in the format of docs/attribute-format.md.', cause },
    );
  }
}
