import { part } from '../part.js';

/**
 * SHA-256 as lower-case hex. `crypto.subtle` exists in Node and in secure contexts only; pages served
 * over plain http (a test on a phone in the same network) take a slower way.
 */
export async function sha256(
  bytes: Uint8Array,
  subtle: Pick<SubtleCrypto, 'digest'> | null = globalThis.crypto?.subtle ?? null,
): Promise<string> {
  const digest = subtle
    ? new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
    : (await part(import('./sha256-portable.js'))).sha256Bytes(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
