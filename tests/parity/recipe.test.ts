import { type EditMode, FaceMorph, type Pixels } from '@facemorph/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { modelFolder } from './vectors.js';

let node: FaceMorph;
let wasm: FaceMorph;
beforeAll(async () => {
  node = await FaceMorph.load({ model: modelFolder, backend: 'onnxruntime-node' });
  wasm = await FaceMorph.load({ model: modelFolder, backend: 'wasm' });
});
afterAll(() => Promise.all([node.dispose(), wasm.dispose()]));

/** Random numbers that are the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

function largestDifference(a: Pixels, b: Pixels): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let largest = 0;
  for (const [i, value] of a.data.entries()) {
    largest = Math.max(largest, Math.abs(value - (b.data[i] as number)));
  }
  return largest;
}

it('recipes give the same bytes on one backend, and pixels within 3/255 on another', async () => {
  const random = numbers(8);
  const names = node.attributes.attributes.map(({ name }) => name);
  const pick = (): string => names[Math.floor(random.next().value * names.length)] as string;
  for (let round = 0; round < 12; round++) {
    const [drawn] = await node.sample({ seed: round });
    const photo = await (drawn as NonNullable<typeof drawn>).render();
    const { face } = await node.open(photo, { aligned: true });
    const edits = { [pick()]: 3 * random.next().value - 1.5, [pick()]: { value: 0.5 } };
    const keep = [pick(), pick()].filter((name) => !Object.hasOwn(edits, name));
    const mode = (['detail', 'replace', 'face'] as EditMode[])[round % 3] as EditMode;
    const edited = await face.edit(edits, { keep, mode });
    const text = JSON.stringify(edited.recipe());
    const [again, elsewhere] = [await node.replay(text, photo), await wasm.replay(text, photo)];
    expect(largestDifference(await again.pixels(), await edited.pixels())).toBe(0);
    expect(largestDifference(await elsewhere.pixels(), await edited.pixels())).toBeLessThanOrEqual(
      3,
    );
  }
});
