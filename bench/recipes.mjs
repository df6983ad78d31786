// `npm run bench:recipes`: 1,000 random edits by the shipped model, written as recipes, read and replayed: by the
// backend that drew them, and by WebAssembly. How far the pictures are apart, 0..255.
// --count N; --json prints one JSON object on stdout.
import './help.mjs';
import { parseArgs } from 'node:util';
import { FaceMorph } from '@facemorph/core';
import { drawRecipes, largestDifference } from './recipes/draw.mjs';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, count: { type: 'string', default: '1000' } },
});
const start = performance.now();
const node = await FaceMorph.load({ backend: 'onnxruntime-node' });
const wasm = await FaceMorph.load({ backend: 'wasm' });
/** @type {number[]} */ const same = [];
/** @type {number[]} */ const across = [];
for await (const { recipe, photo, edited } of drawRecipes(node, {
  count: Number(options.count),
  seed: 8,
})) {
  const [again, elsewhere] = [await node.replay(recipe, photo), await wasm.replay(recipe, photo)];
  same.push(largestDifference(await again.pixels(), edited));
  across.push(largestDifference(await elsewhere.pixels(), edited));
}
await Promise.all([node.dispose(), wasm.dispose()]);

const report = {
  benchmark: 'recipes',
  recipes: same.length,
  sameBackend: { different: same.filter((value) => value > 0).length, most: Math.max(...same) },
  acrossBackends: {
    over3: across.filter((value) => value > 3).length,
    most: Math.max(...across),
    histogram: [0, 1, 2, 3].map((value) => across.filter((found) => found === value).length),
  },
  seconds: (performance.now() - start) / 1000,
};
console.log(
  options.json
    ? JSON.stringify(report)
    : `${report.recipes} recipes; ${report.sameBackend.different} differ on the backend that drew them; ` +
        `across backends at most ${report.acrossBackends.most} of 255 apart, ` +
        `0, 1, 2, 3 apart: ${report.acrossBackends.histogram.join(', ')}; ${report.acrossBackends.over3} further`,
);
