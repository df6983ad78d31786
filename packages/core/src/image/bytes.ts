/** Bytes of picture files: read and put together. */

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function uint32(value: number, littleEndian = false): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value, littleEndian);
  return bytes;
}

export function ascii(characters: string): Uint8Array {
  return new TextEncoder().encode(characters);
}

/** Bytes as characters, one each. */
export function text(bytes: Uint8Array, start: number, length: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
}

export function insert(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  return concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
