// What a visitor's page does: load, show a face, move a slider, and only then open a photo.
import { FaceMorph } from '@facemorph/core';

/** @typedef {{ phases: Record<string, number>, next: number[], photo: number }} Visit */

const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas'));
const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
const NEXT = 30;

/** @returns {Promise<Visit>} Milliseconds since the navigation began, by what had then happened. */
async function visit() {
  /** @type {Record<string, number>} */
  const phases = { script: performance.now() };
  const fm = await FaceMorph.load({
    onProgress: ({ phase }) => {
      // The files are there and verified when the first of them is compiled.
      if (phase === 'compile') phases.files ??= performance.now();
    },
  });
  phases.loaded = performance.now();
  const [face] = await fm.sample({ seed: 7 });
  if (!face) throw new Error('There is no face');
  const picture = await face.render();
  draw(picture);
  phases.face = performance.now();
  const editor = fm.editor(face);
  const edit = async (/** @type {number} */ strength) => {
    const start = performance.now();
    editor.set('smiling', strength);
    await editor.flush();
    draw(/** @type {NonNullable<typeof editor.frame>} */ (editor.frame).pixels);
    return performance.now() - start;
  };
  await edit(1);
  phases.edit = performance.now();
  const next = [];
  for (let i = 1; i <= NEXT; i++) next.push(await edit(1 + i / NEXT));
  editor.dispose();

  const before = performance.now();
  const photo = await createImageBitmap(canvas, { resizeWidth: 512, resizeHeight: 512 });
  const opened = await fm.open(photo);
  await opened.face.edit({ smiling: 2 });
  const visited = { phases, next, photo: performance.now() - before };
  await fm.dispose();
  return visited;
}

/** @param {import('@facemorph/core').Pixels} pixels */
function draw({ data, width, height }) {
  context.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
}

Object.assign(globalThis, { visited: visit() });
