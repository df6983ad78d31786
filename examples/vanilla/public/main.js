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
  for (const input of fieldset.querySelectorAll('input')) {
    input.value = 0;
    input.dispatchEvent(new Event('input'));
  }
}

/** The edit at the size of the photo. */
async function result() {
  return face.edit(editor.edits, { keep: editor.kept });
}

/** Errors of FaceMorph say what happened and what to do. */
function tell(error) {
  status.textContent = [error.message, error.hint].filter(Boolean).join('. ');
}

/** Runs a task; nothing that goes wrong in it is lost. */
async function attempt(task) {
  status.textContent = '';
  try {
    await task();
  } catch (error) {
    tell(error);
  }
}

function addSlider({ name, label, range: [min, max] }) {
  const row = document.createElement('label');
  const input = Object.assign(document.createElement('input'), { type: 'range', step: 0.1 });
  const output = document.createElement('output');
  Object.assign(input, { min, max, value: 0, name });
  input.addEventListener('input', () => {
    output.value = input.value;
    editor?.set(name, input.valueAsNumber);
  });
  input.addEventListener('change', () =>
    attempt(async () => show(await (await result()).pixels())),
  );
  output.value = '0';
  row.append(label, input, output);
  fieldset.append(row);
}

document.querySelector('[type="file"]').addEventListener('change', ({ target }) =>
  attempt(async () => {
    const [file] = target.files;
    if (!file) return;
    const photo = await fm.open(file);
    edit(photo.face);
    show(photo.pixels);
  }),
);
document.querySelector('[name="another"]').addEventListener('click', () =>
  attempt(async () => {
    seed += 1;
    edit((await fm.sample({ seed }))[0]);
  }),
);
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
  edit((await fm.sample({ seed }))[0]);
  fieldset.disabled = false;
  bar.hidden = true;
});
