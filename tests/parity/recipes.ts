import type { EditMode, FaceMorph, Pixels } from '@facemorph/core';

/** An edit, the recipe of it, and the photo that it is of. */
export interface DrawnRecipe {
  /** JSON. */
  readonly recipe: string;
  readonly photo: Pixels;
  /** What the model that drew it made of the photo. */
  readonly edited: Pixels;
}

const MODES: readonly EditMode[] = ['detail', 'replace', 'face'];

/**
 * Random recipes, the same in every run: an edit by strength, one by value and up to two locks, in each
 * mode, on made-up faces or, where a `portrait` is given, on it.
 */
export async function drawRecipes(
  fm: FaceMorph,
  options: { readonly count: number; readonly seed: number; readonly portrait?: Pixels },
): Promise<readonly DrawnRecipe[]> {
  const { count, seed, portrait } = options;
  const random = numbers(seed);
  const names = fm.attributes.attributes.map(({ name }) => name);
  const pick = (): string => names[Math.floor(random.next().value * names.length)] as string;
  const drawn: DrawnRecipe[] = [];
  for (let round = 0; round < count; round++) {
    const photo = portrait ?? (await drawFace(fm, round));
    const { face } = await fm.open(photo, portrait ? {} : { aligned: true });
    const edits = { [pick()]: 3 * random.next().value - 1.5, [pick()]: { value: 0.5 } };
    const keep = [pick(), pick()].filter((name) => !Object.hasOwn(edits, name));
    const mode = MODES[round % MODES.length] as EditMode;
    const edited = await face.edit(edits, { keep, mode });
    drawn.push({ recipe: JSON.stringify(edited.recipe()), photo, edited: await edited.pixels() });
  }
  return drawn;
}

async function drawFace(fm: FaceMorph, seed: number): Promise<Pixels> {
  const [face] = await fm.sample({ seed });
  if (!face) throw new Error('There is no face');
  return face.render();
}

/** Random numbers that are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** The largest difference of two pictures in any value, 0..255; infinite for other sizes. */
export function largestDifference(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) {
    largest = Math.max(largest, Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)));
  }
  return largest;
}
