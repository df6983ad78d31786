import { FaceMorph } from './vendor/facemorph/index.js';

const canvas = document.querySelector('canvas');
const bar = document.querySelector('progress');
const status = document.querySelector('[role="status"]');
const fieldset = document.querySelector('fieldset');
const SHOWN = ['smiling', 'blond_hair', 'beard', 'young', 'eyeglasses', 'yaw', 'gaze'];

let fm;
let face;
let editor;
let seed = 7;
/** Of the face that is being opened, and of the result that is being drawn: each stops the one before. */
let opening = new AbortController();
let drawing = new AbortController();

/** A picture on the canvas: what the model draws, or the whole photo with the change in it. */
function show({ width, height, data }) {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0);
}

/** Starts editing another face. A made-up one follows the sliders, a photo when they are let go. */
function edit(next) {
  editor?.dispose();
  face = next;
  editor = fm.editor(face, { onError: tell });
  if (!face.aligned) editor.subscribe((frame) => show(frame.pixels));
  for (const input of fieldset.querySelectorAll('[type="range"]')) {
    input.value = 0;
    input.dispatchEvent(new Event('input'));
  }
}

/** The edit at the size of the photo. */
function result(signal) {
  return face.edit(editor.edits, { keep: editor.kept, signal });
}

/** Errors of FaceMorph say what happened and what to do. */
function tell(error) {
  status.textContent = [error.message, error.hint].filter(Boolean).join('. ');
}

/** Runs a task; nothing that goes wrong in it is lost, unless it was stopped. */
async function attempt(task, signal) {
  status.textContent = '';
  try {
    await task();
  } catch (error) {
    if (!signal?.aborted) tell(error);
  }
}

/** Edits the face that a task finds; of two that are asked for, the newer one. */
function open(find) {
  opening.abort();
  opening = new AbortController();
  const { signal } = opening;
  return attempt(async () => {
    const found = await find(signal);
    signal.throwIfAborted();
    edit(found.face);
    if (found.pixels) show(found.pixels);
  }, signal);
}

/** Shows the result, unless a slider or the face changes before it is there. */
function draw() {
  drawing.abort();
  drawing = new AbortController();
  const { signal } = drawing;
  return attempt(async () => {
    const pixels = await (await result(signal)).pixels();
    signal.throwIfAborted();
    show(pixels);
  }, signal);
}

async function madeUp(signal) {
  const [face] = await fm.sample({ seed, signal });
  return { face };
}

function addSlider({ name, label, range: [min, max] }) {
  const row = Object.assign(document.createElement('label'), { className: 'slider' });
  const input = Object.assign(document.createElement('input'), { type: 'range', step: 0.1 });
  const output = document.createElement('output');
  Object.assign(input, { min, max, value: 0, name });
  input.addEventListener('input', () => {
    drawing.abort();
    output.value = input.value;
    editor?.set(name, input.valueAsNumber);
  });
  input.addEventListener('change', draw);
  output.value = '0';
  row.append(label, input, output);
  fieldset.append(row);
}

document.querySelector('[type="file"]').addEventListener('change', ({ target }) => {
  const [file] = target.files;
  if (file) open((signal) => fm.open(file, { signal }));
});
document.querySelector('[name="another"]').addEventListener('click', () => {
  seed += 1;
  open(madeUp);
});
document.querySelector('[name="save"]').addEventListener('click', () =>
  attempt(async () => {
    const blob = await (await result()).toBlob({ type: 'image/png' });
    const link = Object.assign(document.createElement('a'), {
      href: URL.createObjectURL(blob),
      download: 'face.png',
    });
    link.click();
    URL.revokeObjectURL(link.href);
  }),
);

await attempt(async () => {
  fm = await FaceMorph.load({
    model: './vendor/model/',
    onProgress: ({ loaded, total }) => {
      bar.value = loaded / total;
    },
  });
  for (const name of SHOWN) addSlider(fm.attributes.attributes.find((a) => a.name === name));
  edit((await madeUp()).face);
  fieldset.disabled = false;
  bar.hidden = true;
});
