/** @typedef {import('@facemorph/core').Pixels} Pixels */
/** @typedef {import('./score.mjs').Points} Points */

/** Size of a face from brows to chin, as a share of the room's shorter side. */
const SHARE = { least: 0.08, most: 0.6 };
/** Its size in an aligned picture, px. */
const FACE = 64;
/** Degrees to either side. */
const ROLL = 45;

/**
 * A face, cut out along a soft oval and turned, anywhere in a room.
 *
 * @param {Pixels} room - Is painted on.
 * @param {{ crop: Pixels, points: Points }} face - Aligned, with its landmarks.
 * @param {() => number} next - Numbers 0..1.
 * @returns {{ pixels: Pixels, faces: Points[] }}
 */
export function composite(room, { crop, points }, next) {
  const side = Math.min(room.width, room.height);
  const share = SHARE.least * (SHARE.most / SHARE.least) ** next();
  const scale = (share * side) / FACE;
  const angle = ((2 * next() - 1) * ROLL * Math.PI) / 180;
  const [a, b] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const reach = Math.min(0.6 * scale * FACE, 0.4 * side);
  const x0 = reach + next() * (room.width - 2 * reach);
  const y0 = reach + next() * (room.height - 2 * reach);
  const [cx, cy] = [crop.width / 2, crop.height / 2];
  const half = Math.ceil(scale * Math.hypot(cx, cy));
  for (let y = Math.max(0, Math.floor(y0) - half); y < Math.min(room.height, y0 + half); y++) {
    for (let x = Math.max(0, Math.floor(x0) - half); x < Math.min(room.width, x0 + half); x++) {
      blend(room, (y * room.width + x) * 4, crop, (dx, dy) => {
        const [px, py] = [x + dx - x0, y + dy - y0];
        return [
          (a * px + b * py) / scale ** 2 + cx - 0.5,
          (-b * px + a * py) / scale ** 2 + cy - 0.5,
        ];
      });
    }
  }
  /** @type {Points} */
  const placed = points.map(([x, y]) => [
    a * (x - cx) - b * (y - cy) + x0,
    b * (x - cx) + a * (y - cy) + y0,
  ]);
  return { pixels: room, faces: [placed] };
}

/** Places in a pixel whose mean is its colour. */
const SAMPLES = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) => /** @type {const} */ ([x, y])));

/**
 * @param {Pixels} room
 * @param {number} at
 * @param {Pixels} crop
 * @param {(dx: number, dy: number) => [number, number]} place - In the crop, for a place in the pixel.
 */
function blend({ data }, at, crop, place) {
  const sum = [0, 0, 0];
  let cover = 0;
  for (const [dx, dy] of SAMPLES) {
    const [x, y] = place(dx, dy);
    const opacity = oval(x / crop.width - 0.5, y / crop.height - 0.5) / SAMPLES.length;
    if (opacity <= 0) continue;
    cover += opacity;
    for (let c = 0; c < 3; c++) sum[c] = Number(sum[c]) + opacity * bilinear(crop, x, y, c);
  }
  for (let c = 0; c < 3; c++) {
    data[at + c] = Number(data[at + c]) * (1 - cover) + Number(sum[c]);
  }
}

/** Opacity 0..1 of a place -0.5..0.5. @param {number} x @param {number} y @returns {number} */
function oval(x, y) {
  const distance = ((Math.abs(x) / 0.44) ** 3 + (Math.abs(y) / 0.48) ** 3) ** (1 / 3);
  return Math.min(1, Math.max(0, (1 - distance) / 0.12));
}

/**
 * @param {Pixels} pixels
 * @param {number} x
 * @param {number} y
 * @param {number} channel
 * @returns {number}
 */
function bilinear({ width, height, data }, x, y, channel) {
  const left = Math.min(Math.max(Math.floor(x), 0), width - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), height - 2);
  const [fx, fy] = [x - left, y - top];
  const value = (/** @type {number} */ column, /** @type {number} */ row) =>
    Number(data[((top + row) * width + left + column) * 4 + channel]);
  const upper = value(0, 0) * (1 - fx) + value(1, 0) * fx;
  const lower = value(0, 1) * (1 - fx) + value(1, 1) * fx;
  return upper * (1 - fy) + lower * fy;
}
