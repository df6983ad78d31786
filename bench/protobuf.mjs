// As much of the protobuf wire format as ONNX files need.

/** A message: the values of each field, in order. Numbers are bigints, all else is bytes. */
/** @typedef {Map<number, (bigint | Uint8Array)[]>} Message */

/**
 * @param {Uint8Array} bytes
 * @returns {Message}
 */
export function readMessage(bytes) {
  /** @type {Message} */
  const message = new Map();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asIntN(64, value);
    }
  };
  const slice = (/** @type {number} */ length) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const [field, type] = [tag >> 3, tag & 7];
    const value = type === 0 ? varint() : slice(type === 2 ? Number(varint()) : type === 1 ? 8 : 4);
    message.set(field, [...(message.get(field) ?? []), value]);
  }
  return message;
}

/**
 * @param {Message} message
 * @param {number} field
 * @returns {Uint8Array[]}
 */
export function bytesOf(message, field) {
  return (message.get(field) ?? []).filter((value) => value instanceof Uint8Array);
}

/**
 * @param {Message} message
 * @param {number} field
 * @returns {string[]}
 */
export function textsOf(message, field) {
  return bytesOf(message, field).map((bytes) => new TextDecoder().decode(bytes));
}

/**
 * Integers, packed or not.
 *
 * @param {Message} message
 * @param {number} field
 * @returns {number[]}
 */
export function integersOf(message, field) {
  return (message.get(field) ?? []).flatMap((value) => {
    if (typeof value === 'bigint') return [Number(value)];
    const unpacked = readMessage(Uint8Array.from(unpack(value)));
    return (unpacked.get(1) ?? []).map(Number);
  });
}

/** Packed varints as fields of their own. @param {Uint8Array} packed @returns {number[]} */
function unpack(packed) {
  /** @type {number[]} */
  const bytes = [];
  for (let start = true, i = 0; i < packed.length; i++) {
    const byte = /** @type {number} */ (packed[i]);
    if (start) bytes.push(1 << 3);
    bytes.push(byte);
    start = byte < 0x80;
  }
  return bytes;
}

/**
 * A field: a number as varint, a text or a message (its fields) with its length.
 *
 * @param {number} number
 * @param {number | string | Uint8Array | Uint8Array[]} value
 * @returns {Uint8Array}
 */
export function field(number, value) {
  if (typeof value === 'number') return join([varint(number << 3), varint(value)]);
  const body = Array.isArray(value)
    ? join(value)
    : typeof value === 'string'
      ? new TextEncoder().encode(value)
      : value;
  return join([varint((number << 3) | 2), varint(body.length), body]);
}

/**
 * Runs in the browser too, where there is no Buffer.
 *
 * @param {Uint8Array[]} parts
 * @returns {Uint8Array}
 */
export function join(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** @param {number} value @returns {Uint8Array} */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
