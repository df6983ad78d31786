import { invalidArgument } from '../errors.js';
import { inverseNormal } from './normal.js';

/**
 * A seeded stream of random numbers, the same on every platform: xoshiro128** (Blackman and
 * Vigna), its state filled by SplitMix64 from the seed. Only integer operations and exactly
 * rounded double arithmetic are used, so no engine can differ.
 */
export interface Random {
  /** A whole number, 0 to 2^32 - 1. */
  uint32(): number;
  /** Uniform in the open interval (0, 1), 52 random bits. */
  uniform(): number;
  /** Standard normal, by the inverse of its distribution function. */
  normal(): number;
}

/**
 * @param seed - A whole number, 0 to 2^53 - 1.
 * @throws {FaceMorphError} `ARGUMENT_INVALID`
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw invalidArgument('a whole number from 0 to 2^53 - 1', 'seed', seed);
  }
  const next = splitMix64(BigInt(seed));
  const low = next();
  const high = next();
  return fromState([
    Number(low & 0xffffffffn),
    Number(low >> 32n),
    Number(high & 0xffffffffn),
    Number(high >> 32n),
  ]);
}

/** The stream that starts from a given state of four 32-bit words, not all zero. */
export function fromState(state: readonly [number, number, number, number]): Random {
  const uint32 = xoshiro128StarStar(state);
  const uniform = (): number => {
    const high = uint32() >>> 6;
    const low = uint32() >>> 6;
    return (high * 2 ** 26 + low + 0.5) / 2 ** 52;
  };
  return { uint32, uniform, normal: () => inverseNormal(uniform()) };
}

function xoshiro128StarStar(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** SplitMix64 (Steele, Lea, Flood): fills the state of another generator. */
export function splitMix64(seed: bigint): () => bigint {
  let state = seed;
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  };
}
