// The page of `npm run bench:live`: the real <FaceMorpher> on the real weights, one wasm thread.
// It puts the functions of {@link LiveBench} on `globalThis.bench` once the first face is painted.
import { FaceMorph } from '@facemorph/core';
import { FaceCanvas, FaceMorpher } from '@facemorph/react';
import '@facemorph/react/styles.css';
import { createElement, Profiler, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { DragWatch } from './watch.mjs';

/** @typedef {import('@facemorph/react').FaceEdit} FaceEdit */
/**
 * What the page offers to whoever drives it.
 *
 * @typedef {object} LiveBench
 * @property {string} backend
 * @property {() => void} start Begins to watch the slider "Smile".
 * @property {() => Promise<import('./watch.mjs').DragReport>} stop Ends it, once the last input is painted.
 * @property {(count: number) => Promise<number>} setManyTimes Sets all sliders to random places, many
 *   times; how far the picture in the end is from that of the last set, in levels of 0..255 where it is worst.
 * @property {() => number} rejections Errors and rejections that nobody caught, since the page began.
 */

const SOURCE = { seed: 7, index: 3 };
let commits = 0;
let rejections = 0;
addEventListener('unhandledrejection', () => rejections++);
addEventListener('error', () => rejections++);

const model = await FaceMorph.load({ backend: 'wasm', threads: 1 });
const load = { model };
/** @type {(edit: FaceEdit | undefined) => void} */
let setValue = () => {};
/** @type {(pixels: import('@facemorph/core').Pixels) => void} */
let setExpected = () => {};

function Page() {
  const [value, set] = useState(/** @type {FaceEdit | undefined} */ (undefined));
  const [expected, expect] = useState(
    /** @type {import('@facemorph/core').Pixels | undefined} */ (undefined),
  );
  setValue = set;
  setExpected = expect;
  return createElement(
    'main',
    null,
    createElement(
      Profiler,
      { id: 'kit', onRender: () => commits++ },
      createElement(FaceMorpher, { load, source: SOURCE, value }),
    ),
    createElement(
      'div',
      { id: 'expected' },
      createElement(FaceCanvas, { source: null, original: expected }),
    ),
  );
}

createRoot(/** @type {HTMLElement} */ (document.getElementById('root'))).render(
  createElement(Page),
);

/** @type {DragWatch | undefined} */
let watch;
const canvas = await painted();

/** @type {LiveBench} */
const bench = {
  backend: model.backend,
  start() {
    const slider = document.querySelector('.fm-headline input[type=range]');
    watch = new DragWatch(canvas, /** @type {HTMLInputElement} */ (slider), () => commits);
  },
  async stop() {
    if (!watch) throw new Error('Nothing was watched');
    return watch.stop();
  },
  async setManyTimes(count) {
    /** @type {FaceEdit} */
    let edit = { strengths: {}, keep: [] };
    for (let i = 0; i < count; i++) {
      edit = { strengths: randomStrengths(), keep: [] };
      setValue(edit);
      // Some come within a decode, some within a frame, some wait for a picture.
      if (Math.random() < 0.5) await wait(Math.random() * 30);
    }
    await settled();
    const [face] = await model
      .sample({ seed: SOURCE.seed, count: SOURCE.index + 1 })
      .then((faces) => faces.slice(-1));
    const edited = await face?.edit(edit.strengths);
    if (edited) setExpected(await edited.render());
    await wait(100);
    const other = document.querySelector('#expected canvas');
    return worstLevel(canvas, /** @type {HTMLCanvasElement} */ (other));
  },
  rejections: () => rejections,
};
Object.assign(globalThis, { bench });

/** @returns {Promise<HTMLCanvasElement>} The canvas of the kit, once a decoded face is on it. */
async function painted() {
  for (;;) {
    const found = document.querySelector('.fm-morpher canvas[data-sequence]');
    if (found) return /** @type {HTMLCanvasElement} */ (found);
    await wait(50);
  }
}

/** Waits until no new picture has come for a while. */
async function settled() {
  let before;
  do {
    before = canvas.dataset.sequence;
    await wait(500);
  } while (canvas.dataset.sequence !== before);
}

/** @returns {Record<string, number>} */
function randomStrengths() {
  return Object.fromEntries(
    model.attributes.attributes.map(({ name, range: [low, high] }) => [
      name,
      low + Math.random() * (high - low),
    ]),
  );
}

/**
 * @param {HTMLCanvasElement} a
 * @param {HTMLCanvasElement} b
 */
function worstLevel(a, b) {
  const [one, two] = [a, b].map((each) =>
    each.getContext('2d')?.getImageData(0, 0, each.width, each.height),
  );
  if (!one || !two || one.width !== two.width) return 255;
  return one.data.reduce((worst, value, i) => {
    const distance = Math.abs(value - (two.data[i] ?? 0));
    return Math.max(worst, distance);
  }, 0);
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((done) => setTimeout(done, ms));
}
