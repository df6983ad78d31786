import { FaceMorph } from '@facemorph/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawRecipes, largestDifference } from '../../bench/recipes/draw.mjs';
import { modelFolder } from './vectors.js';

let node: FaceMorph;
let wasm: FaceMorph;
beforeAll(async () => {
  node = await FaceMorph.load({ model: modelFolder, backend: 'onnxruntime-node' });
  wasm = await FaceMorph.load({ model: modelFolder, backend: 'wasm' });
});
afterAll(() => Promise.all([node.dispose(), wasm.dispose()]));

it('recipes give the same bytes on one backend, and pixels within 3/255 on another', async () => {
  for await (const { recipe, photo, edited } of drawRecipes(node, { count: 12, seed: 8 })) {
    const [again, elsewhere] = [await node.replay(recipe, photo), await wasm.replay(recipe, photo)];
    expect(largestDifference(await again.pixels(), edited)).toBe(0);
    expect(largestDifference(await elsewhere.pixels(), edited)).toBeLessThanOrEqual(3);
  }
});
