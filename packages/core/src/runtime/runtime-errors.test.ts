import { expect, test } from 'vitest';
import { FaceMorphError } from '../errors.js';
import { explainRunError, explainStartError } from './runtime-errors.js';

/** Messages as onnxruntime-web 1.30 in Chromium gives them. */
test.each([
  [
    'no available backend found. ERR: [wasm] RuntimeError: Aborted(CompileError: WebAssembly.instantiate(): expected magic word 00 61 73 6d, found 3c 21 44 4f @+0)',
    'BACKEND_UNAVAILABLE',
    /web page/,
  ],
  [
    'no available backend found. ERR: [wasm] TypeError: r._OrtGetInputOutputMetadata is not a function',
    'BACKEND_UNAVAILABLE',
    /different versions/,
  ],
  [
    "no available backend found. ERR: [wasm] CompileError: WebAssembly.instantiate(): violates the following Content Security policy directive because 'unsafe-eval' is not allowed",
    'BACKEND_UNAVAILABLE',
    /Content-Security-Policy/,
  ],
  [
    'no available backend found. ERR: [wasm] TypeError: Failed to fetch dynamically imported module',
    'BACKEND_UNAVAILABLE',
    /could not be loaded/,
  ],
  [
    'RangeError: WebAssembly.Memory(): could not allocate: out of memory',
    'BACKEND_UNAVAILABLE',
    /memory/,
  ],
  [
    "Can't create a session. ERROR_CODE: 7, ERROR_MESSAGE: protobuf parsing failed.",
    'INFERENCE_FAILED',
    /refused the decoder.*protobuf/,
  ],
])('%s', (text, code, message) => {
  const error = explainStartError(new Error(text), 'decoder');
  expect(error).toMatchObject({
    code,
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/./),
  });
});

test('own errors pass as they are', () => {
  const own = new FaceMorphError('ABORTED', 'x');
  expect(explainStartError(own, 'decoder')).toBe(own);
  expect(explainRunError(own, 'decoder')).toBe(own);
});

test.each([
  'std::bad_alloc',
  'Failed to allocate memory for requested buffer of size 3276800000',
  'RangeError: WebAssembly.Memory.grow(): Maximum memory size exceeded',
])('a run that lacks memory says so: %s', (text) => {
  expect(explainRunError(new Error(text), 'decoder')).toMatchObject({
    code: 'INFERENCE_FAILED',
    message: 'There was not enough memory for the decoder',
    hint: expect.stringMatching(/Close/),
    details: { outOfMemory: true, reason: text },
  });
});
