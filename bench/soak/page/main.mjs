// Drags sliders at random, at every frame of the screen, as long as it is told to.
import { createRandom, FaceMorph } from '@facemorph/core';

/**
 * @typedef {object} Drag
 * @property {number} edits
 * @property {number} frames
 * @property {number[]} longTasks Milliseconds of each task over 50 ms on the page's main thread.
 */
/** @typedef {{ start: () => Promise<void>, stop: () => Promise<Drag> }} Soak */

const SLIDERS = ['smiling', 'young', 'male', 'blond_hair', 'beard', 'eyeglasses'];
const context = /** @type {CanvasRenderingContext2D} */ (
  document.querySelector('canvas')?.getContext('2d')
);
const random = createRandom(1);
/** @type {number[]} */
const longTasks = [];
let [edits, frames, running] = [0, 0, false];
/** @type {import('@facemorph/core').LiveEditor | undefined} */
let editor;

/** @type {Soak} */
const soak = {
  async start() {
    const fm = await FaceMorph.load();
    const [face] = await fm.sample({ seed: 7 });
    if (!face) throw new Error('There is no face');
    editor = fm.editor(face);
    editor.subscribe(({ pixels: { data, width, height } }) => {
      frames++;
      const bytes = /** @type {Uint8ClampedArray<ArrayBuffer>} */ (data);
      context.putImageData(new ImageData(bytes, width, height), 0, 0);
    });
    await editor.flush();
    // The trial of decoders, and the compiling of what is used most, belong to the start.
    for (let i = 0; i < 60; i++) await nextFrame();
    [edits, frames, running] = [0, 0, true];
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTasks.push(duration);
    }).observe({ type: 'longtask' });
    void drag(editor);
  },
  async stop() {
    running = false;
    await editor?.flush();
    return { edits, frames, longTasks };
  },
};
Object.assign(globalThis, { soak });

/** @param {import('@facemorph/core').LiveEditor} live */
async function drag(live) {
  /** @type {Record<string, number>} */
  const places = Object.fromEntries(SLIDERS.map((name) => [name, 0]));
  let name = '';
  for (let i = 0; running; i++) {
    if (i % 60 === 0) name = SLIDERS[Math.floor(random.uniform() * SLIDERS.length)] ?? '';
    const moved = (places[name] ?? 0) + (random.uniform() - 0.5) * 0.6;
    const place = Math.min(Math.max(moved, -2), 2);
    places[name] = place;
    live.set(name, place);
    edits++;
    await nextFrame();
  }
}

function nextFrame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
