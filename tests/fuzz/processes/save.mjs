// A process that saves two pictures in turn under one name: `node save.mjs PATH TIMES`. Says `ready`
// when the first is there, and the code of what goes wrong.
import { saveImage } from '@facemorph/core/node';

const [path = '', times] = process.argv.slice(2);
const width = 256;
const height = 256;
/** Noise, which no format makes small. */
const pictures = [1, 2].map((seed) => {
  let state = seed;
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return i % 4 === 3 ? 255 : i < 4 ? seed : state >>> 24;
  });
  return { width, height, data };
});
try {
  for (let i = 0; i < Number(times); i++) {
    await saveImage(path, /** @type {any} */ (pictures[i % 2]));
    if (i === 0) process.stdout.write('ready\n');
  }
} catch (error) {
  process.stdout.write(`${/** @type {any} */ (error).code}\n`);
  process.exitCode = 1;
}
