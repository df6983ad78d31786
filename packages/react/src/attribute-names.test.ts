import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(path, 'utf8');
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const file = here('../../models/weights/facemorph-128/attributes.json');

it.skipIf(!existsSync(file))(
  'names the attributes of the shipped model, no more and no less',
  () => {
    const { attributes } = JSON.parse(read(file)) as { attributes: { name: string }[] };
    const typed = [...read(here('./attribute-names.ts')).matchAll(/\| '(\w+)'/g)].map(
      ([, name]) => name,
    );
    expect(attributes.map(({ name }) => name).sort()).toEqual(typed);
  },
);
