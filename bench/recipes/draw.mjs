// Random recipes, and how far two pictures are apart: for the benchmark and the parity tests.

/** @typedef {import('@facemorph/core').EditMode} EditMode */
/** @typedef {import('@facemorph/core').FaceMorph} FaceMorph */
/** @typedef {import('@facemorph/core').Pixels} Pixels */
/**
 * An edit, the recipe of it (JSON), the photo that it is of, and what the model that drew it made of the photo.
 *
 * @typedef {{ readonly recipe: string, readonly photo: Pixels, readonly edited: Pixels }} DrawnRecipe
 */

/** @type {readonly EditMode[]} */
const MODES = ['detail', 'replace', 'face'];

/**
 * Random recipes, the same in every run: an edit by strength, one by value and up to two locks, in each
 * mode, on made-up faces or, where a `portrait` is given, on it. Drawn one at a time.
 *
 * @param {FaceMorph} fm
 * @param {{ readonly count: number, readonly seed: number, readonly portrait?: Pixels }} options
 * @returns {AsyncGenerator<DrawnRecipe>}
 */
export async function* drawRecipes(fm, { count, seed, portrait }) {
  const next = numbers(seed);
  const names = fm.attributes.attributes.map(({ name }) => name);
  const pick = () => String(names[Math.floor(next() * names.length)]);
  for (let round = 0; round < count; round++) {
    const photo = portrait ?? (await drawFace(fm, round));
    const { face } = await fm.open(photo, portrait ? {} : { aligned: true });
    const edits = { [pick()]: 3 * next() - 1.5, [pick()]: { value: 0.5 } };
    const keep = [pick(), pick()].filter((name) => !Object.hasOwn(edits, name));
    const mode = MODES[round % MODES.length];
    const edited = await face.edit(edits, { keep, mode });
    yield { recipe: JSON.stringify(edited.recipe()), photo, edited: await edited.pixels() };
  }
}

/**
 * The largest difference of two pictures in any value, 0..255; infinite for other sizes.
 *
 * @param {Pixels} a
 * @param {Pixels} b
 */
export function largestDifference(a, b) {
  if (a.width !== b.width || a.height !== b.height) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) {
    largest = Math.max(largest, Math.abs((a.data[i] ?? 0) - (b.data[i] ?? 0)));
  }
  return largest;
}

/** @param {FaceMorph} fm @param {number} seed */
async function drawFace(fm, seed) {
  const [face] = await fm.sample({ seed });
  if (!face) throw new Error('There is no face');
  return face.render();
}

/** Random numbers that are the same in every run, 0..1. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
