/** The face's smooth parts are looked for in the middle of the frame, in template px. */
const MIDDLE = { from: 36, to: 100 };
/** Side of the cells that are compared, in template px. */
const CELL = 8;
/** Photo pixels looked at in each cell and direction. */
const SAMPLES = 12;

/**
 * The grain of a photo: standard deviation, in L, of its detail in the smoothest quarter of the face.
 * New parts (teeth, a lip) get as much of it.
 *
 * @param detailAt - What L of the photo has beyond the aligned picture, at a place of the template;
 * `undefined` outside the photo.
 */
export function measureGrain(detailAt: (u: number, v: number) => number | undefined): number {
  const spreads: number[] = [];
  for (let v = MIDDLE.from; v < MIDDLE.to; v += CELL) {
    for (let u = MIDDLE.from; u < MIDDLE.to; u += CELL) {
      let [count, sum, squares] = [0, 0, 0];
      for (let i = 0; i < SAMPLES * SAMPLES; i++) {
        const du = ((i % SAMPLES) + 0.5) / SAMPLES;
        const dv = (Math.floor(i / SAMPLES) + 0.5) / SAMPLES;
        const detail = detailAt(u + du * CELL, v + dv * CELL);
        if (detail === undefined) continue;
        count++;
        sum += detail;
        squares += detail * detail;
      }
      if (count > SAMPLES)
        spreads.push(Math.sqrt(Math.max(squares / count - (sum / count) ** 2, 0)));
    }
  }
  spreads.sort((a, b) => a - b);
  return spreads[Math.floor(spreads.length / 4)] ?? 0;
}

/** Noise of mean 0 and standard deviation 1, the same at a pixel every time and everywhere. */
export function grainAt(x: number, y: number): number {
  let hash = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca77);
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
    hash ^= hash >>> 15;
    sum += (hash >>> 0) / 4294967296;
  }
  // The sum of three uniform numbers has mean 1.5 and variance 1/4.
  return (sum - 1.5) * 2;
}
