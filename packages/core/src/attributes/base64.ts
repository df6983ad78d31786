import { decodeFloat16, encodeFloat16 } from './float16.js';

/** How numbers are stored in an attribute file. */
export type Precision = 'float32' | 'float16';

/**
 * Little-endian numbers in base64.
 * @returns `undefined` when the text is not base64 or not a whole number of values.
 */
export function decodeVector(text: string, precision: Precision): Float32Array | undefined {
  const bytes = decodeBase64(text);
  const width = precision === 'float32' ? 4 : 2;
  if (!bytes || bytes.length % width !== 0) return undefined;
  const view = new DataView(bytes.buffer);
  const read =
    precision === 'float32'
      ? (i: number) => view.getFloat32(i * 4, true)
      : (i: number) => decodeFloat16(view.getUint16(i * 2, true));
  const vector = new Float32Array(bytes.length / width);
  for (let i = 0; i < vector.length; i++) vector[i] = read(i);
  return vector;
}

/** The inverse of {@link decodeVector}; float16 rounds to the nearest even. */
export function encodeVector(vector: Float32Array, precision: Precision): string {
  const width = precision === 'float32' ? 4 : 2;
  const view = new DataView(new ArrayBuffer(vector.length * width));
  for (let i = 0; i < vector.length; i++) {
    if (precision === 'float32') view.setFloat32(i * 4, vector[i]!, true);
    else view.setUint16(i * 2, encodeFloat16(vector[i]!), true);
  }
  return encodeBase64(new Uint8Array(view.buffer));
}

/** Any text, in UTF-8, as base64. */
export function encodeText(text: string): string {
  return encodeBase64(new TextEncoder().encode(text));
}

/** The inverse of {@link encodeText}, also of base64 without its `=`. @returns `undefined` when it is not base64. */
export function decodeText(base64: string): string | undefined {
  const bytes = decodeBase64(base64);
  return bytes && new TextDecoder().decode(bytes);
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  const chunk = 0x8000;
  for (let start = 0; start < bytes.length; start += chunk) {
    binary += String.fromCharCode(...bytes.subarray(start, start + chunk));
  }
  return btoa(binary);
}
