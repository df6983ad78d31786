// What no honest client sends on a live connection: broken JSON, wrong types, broken pictures.
import { once } from 'node:events';
import { createRandom } from '@facemorph/core/node';
import WebSocket from 'ws';

/** Milliseconds without an answer that count as a hang. */
const PATIENCE = 30_000;
/** Messages of one connection. */
const TOGETHER = 25;

/** Messages that are right, to start from. */
const RIGHT = [
  { type: 'open', seed: 7 },
  { type: 'open', latent: 'AAAA', face: 0, aligned: true },
  { type: 'edit', id: 1, edits: { smiling: 2 }, keep: ['male'], format: 'webp', quality: 80 },
];
const VALUES = [null, true, -1, 1e300, '', 'x'.repeat(70_000), [], {}, { value: 1 }, '__proto__'];
/** What text is broken with. */
const SCRAPS = ['{', ']', '"', '\\u0000', '9'.repeat(400), '[['.repeat(9999), '"__proto__":{},'];

/**
 * An endless row of hostile messages, the same for the same seed.
 *
 * @param {readonly Uint8Array[]} pictures Honest files to start from.
 * @param {number} seed
 * @returns {Generator<string | Uint8Array>}
 */
export function* hostileMessages(pictures, seed) {
  const random = createRandom(seed);
  const int = (/** @type {number} */ below) => Math.floor(random.uniform() * below);
  const pick = (/** @type {readonly any[]} */ list) => list[int(list.length)];
  for (;;) {
    const kind = int(4);
    if (kind === 0) {
      const bytes = Buffer.from(pick(pictures));
      for (let i = 0; i <= int(8); i++) bytes[int(bytes.length)] = int(256);
      yield bytes.subarray(0, random.uniform() < 0.5 ? bytes.length : int(bytes.length));
      continue;
    }
    const message = structuredClone(pick(RIGHT));
    if (kind === 1) yield JSON.stringify(message);
    else if (kind === 2) {
      for (let i = 0; i <= int(2); i++) message[pick(Object.keys(message))] = pick(VALUES);
      yield JSON.stringify(message);
    } else {
      const text = JSON.stringify(message);
      const at = int(text.length);
      yield text.slice(0, at) + pick(SCRAPS) + text.slice(at + int(5));
    }
  }
}

/**
 * Sends hostile messages to a server, each when the one before is answered.
 *
 * @param {string} url
 * @param {{ count: number, seed: number, pictures: readonly Uint8Array[] }} options
 * @returns {Promise<{ sent: number, byAnswer: Record<string, number>, crashes: string[] }>}
 * `byAnswer` by the type of the message that came back; a code for errors. `crashes` are those that
 * were answered with an error of the server, or not at all.
 */
export async function sendHostileLive(url, { count, seed, pictures }) {
  const messages = hostileMessages(pictures, seed);
  /** @type {Record<string, number>} */
  const byAnswer = {};
  /** @type {string[]} */
  const crashes = [];
  let sent = 0;
  while (sent < count) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/live`);
    await once(socket, 'open');
    const closed = once(socket, 'close').then(() => 'closed');
    for (let i = 0; i < TOGETHER && sent < count && socket.readyState === WebSocket.OPEN; i++) {
      sent++;
      const message = messages.next().value;
      const answered = nextAnswer(socket);
      socket.send(message);
      const answer = await Promise.race([answered, closed, timeOut()]);
      byAnswer[answer] = (byAnswer[answer] ?? 0) + 1;
      if (['timeout', 'closed', 'INTERNAL', 'WORKER_LOST'].includes(answer)) {
        crashes.push(`${sent} live ${String(message).slice(0, 200)}: ${answer}`);
      }
    }
    socket.close();
    await closed;
  }
  return { sent, byAnswer, crashes };
}

/**
 * The next message that is no picture.
 *
 * @param {WebSocket} socket
 * @returns {Promise<string>}
 */
function nextAnswer(socket) {
  return new Promise((resolve) => {
    const onMessage = (/** @type {Buffer} */ data, /** @type {boolean} */ isBinary) => {
      if (isBinary) return;
      socket.off('message', onMessage);
      const { type, error } = JSON.parse(String(data));
      resolve(error ? error.code : type);
    };
    socket.on('message', onMessage);
  });
}

/** @returns {Promise<string>} */
function timeOut() {
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE, 'timeout').unref();
  });
}
