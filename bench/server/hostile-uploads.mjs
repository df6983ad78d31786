// Requests that no honest client sends: broken and lying pictures, wrong types, broken forms and JSON.
import { createRandom } from '@facemorph/core/node';

/** @typedef {{ kind: string, path: string, method: string, headers: Record<string, string>, body: Uint8Array | string }} Hostile */
/** @typedef {import('@facemorph/core').Random} Random */

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>fetch("http://127.0.0.1:1")</script><image href="file:///etc/passwd"/></svg>';

/**
 * An endless row of hostile requests, the same for the same seed.
 *
 * @param {readonly Uint8Array[]} pictures Honest files to start from.
 * @param {number} seed
 * @returns {Generator<Hostile>}
 */
export function* hostileUploads(pictures, seed) {
  const random = createRandom(seed);
  const int = (/** @type {number} */ below) => Math.floor(random.uniform() * below);
  const pick = (/** @type {readonly any[]} */ list) => list[int(list.length)];
  const copy = () => Buffer.from(pick(pictures));
  /** @type {Record<string, () => Buffer>} */
  const files = {
    'bits flipped': () => {
      const bytes = copy();
      for (let i = 0; i <= int(40); i++) {
        const at = int(bytes.length);
        bytes[at] = /** @type {number} */ (bytes[at]) ^ (1 << int(8));
      }
      return bytes;
    },
    'cut off': () => copy().subarray(0, int(2000)),
    'a part missing': () => {
      const bytes = copy();
      const at = int(bytes.length);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + int(200))]);
    },
    'a lying header': () => {
      const bytes = copy();
      // The size of a PNG; in other formats some bytes of the head.
      const at = bytes[0] === 0x89 ? 16 : 4 + int(40);
      bytes.writeUInt32BE(pick([0, 1, 0x7fffffff, 0xffffffff, 60_000]), at);
      return bytes;
    },
    'two formats in one': () => Buffer.concat([copy().subarray(0, 20 + int(100)), copy()]),
    noise: () => Buffer.from(Uint8Array.from({ length: int(5000) }, () => int(256))),
    'a drawing with a script': () => Buffer.from(SVG),
    'a web page': () => Buffer.from('<!doctype html><script>alert(1)</script>'),
    nothing: () => Buffer.alloc(0),
  };
  /** @type {Record<string, () => Omit<Hostile, 'kind' | 'path' | 'method'>>} */
  const bodies = {
    'a wrong type': () => ({ headers: { 'content-type': pick(TYPES) }, body: copy() }),
    'a broken form': () => {
      const { body, headers } = form(copy(), '{}');
      return { headers, body: body.subarray(0, int(body.length)) };
    },
    'a form without a boundary': () => ({
      headers: { 'content-type': 'multipart/form-data' },
      body: form(copy(), '{}').body,
    }),
    'broken JSON': () => json(JSON.stringify({ edits: {} }).slice(0, 1 + int(10))),
    'deep JSON': () => json('['.repeat(20_000)),
    'JSON with a prototype': () =>
      json('{"__proto__":{"aligned":true},"constructor":{"prototype":{}},"edits":{}}'),
    'edits of anything': () => form(copy(), pick(EDITS)),
    'too many fields': () =>
      form(
        copy(),
        '{}',
        Array.from({ length: 50 }, (_, i) => `f${i}`),
      ),
    'a field of a prototype': () => form(copy(), '{}', ['__proto__', 'constructor']),
  };
  for (;;) {
    const path = pick(['/v1/edit', '/v1/encode', '/v1/morph']);
    const [kinds, make] =
      random.uniform() < 0.6
        ? [files, (/** @type {string} */ kind) => form(files[kind]?.() ?? copy(), '{"smiling":1}')]
        : [bodies, (/** @type {string} */ kind) => bodies[kind]?.()];
    const kind = pick(Object.keys(kinds));
    yield { kind, path, method: 'POST', .../** @type {any} */ (make(kind)) };
  }
}

const TYPES = ['text/plain', 'image/jpeg', 'application/xml', 'application/json', '', 'a/b; c'];
const EDITS = [
  '{"smiling":1e999}',
  '{"smiling":null}',
  '{"__proto__":1}',
  '{"../../etc/passwd":1}',
  '[]',
  '"smiling"',
  `{"${'x'.repeat(5000)}":1}`,
];

/** @param {string} body */
function json(body) {
  return { headers: { 'content-type': 'application/json' }, body };
}

/**
 * @param {Buffer} image
 * @param {string} edits
 * @param {readonly string[]} [more]
 */
function form(image, edits, more = []) {
  const field = (/** @type {string} */ name) =>
    `--XX\r\ncontent-disposition: form-data; name="${name}"`;
  const body = Buffer.concat([
    Buffer.from(`${field('image')}; filename="../../x.jpg"\r\n\r\n`),
    image,
    Buffer.from(`\r\n${field('edits')}\r\n\r\n${edits}\r\n`),
    ...more.map((name) => Buffer.from(`${field(name)}\r\n\r\n1\r\n`)),
    Buffer.from(`${field('aligned')}\r\n\r\ntrue\r\n--XX--\r\n`),
  ]);
  return { headers: { 'content-type': 'multipart/form-data; boundary=XX' }, body };
}
