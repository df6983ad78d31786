// Hands the work to a Worker, as the library does, and gives what it measures.
const worker = new Worker(new URL('./worker.mjs', import.meta.url), { type: 'module' });

/** @typedef {{ measure: (task: import('./worker.mjs').Task) => Promise<import('./worker.mjs').Times> }} Page */

/** @type {Page['measure']} */
function measure(task) {
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }) =>
      'error' in data ? reject(new Error(data.error)) : resolve(data);
    worker.postMessage(task);
  });
}

Object.assign(globalThis, { measure });
