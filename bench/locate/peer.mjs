import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';

/** @typedef {import('@facemorph/core').Pixels} Pixels */
/** @typedef {import('./score.mjs').Points} Points */

const require = createRequire(import.meta.url);

/**
 * face-api with its two tiny networks, the detector at its own settings, on one thread of wasm.
 *
 * @returns {Promise<{ name: string, locate: (pixels: Pixels) => Promise<Points[]> }>}
 */
export async function openPeer() {
  const folder = dirname(require.resolve('@vladmandic/face-api/package.json'));
  const tf = require('@tensorflow/tfjs');
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  wasm.setThreadsCount(1);
  const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
  await tf.setBackend('wasm');
  await tf.ready();
  await faceapi.nets.tinyFaceDetector.loadFromDisk(join(folder, 'model'));
  await faceapi.nets.faceLandmark68TinyNet.loadFromDisk(join(folder, 'model'));
  const options = new faceapi.TinyFaceDetectorOptions();
  const { version } = require('@vladmandic/face-api/package.json');
  return {
    name: `@vladmandic/face-api ${version}: tinyFaceDetector, faceLandmark68TinyNet`,
    locate: async (pixels) => {
      const { width, height } = pixels;
      const tensor = tf.tensor3d(withoutAlpha(pixels), [height, width, 3], 'int32');
      try {
        /** @type {{ landmarks: { positions: { x: number, y: number }[] } }[]} */
        const faces = await faceapi
          .detectAllFaces(/** @type {any} */ (tensor), options)
          .withFaceLandmarks(true);
        return faces.map(({ landmarks }) => fivePoints(landmarks.positions));
      } finally {
        tensor.dispose();
      }
    },
  };
}

/** Which of the 68 points are averaged for each of our five. */
const FIVE = [[36, 37, 38, 39, 40, 41], [42, 43, 44, 45, 46, 47], [30], [48], [54]];

/**
 * @param {readonly { x: number, y: number }[]} positions
 * @returns {Points}
 */
function fivePoints(positions) {
  return FIVE.map((indices) => {
    let [x, y] = [0, 0];
    for (const index of indices) {
      x += Number(positions[index]?.x) / indices.length;
      y += Number(positions[index]?.y) / indices.length;
    }
    return [x, y];
  });
}

/** @param {Pixels} pixels @returns {Uint8Array} */
function withoutAlpha({ data }) {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = Number(data[from]);
    rgb[to + 1] = Number(data[from + 1]);
    rgb[to + 2] = Number(data[from + 2]);
  }
  return rgb;
}
