import type { AttributeSet } from '@facemorph/core';
import { describe, expect, test } from 'vitest';
import { meanAlong, movedBySliders, movedBySorting } from './entanglement.js';

/** Two scores that read axis 0 and axis 1 of faces in which these go together by half. */
const set = {
  latent: { size: 2, covariance: Float32Array.from([1, 0.5, 0.5, 1]) },
  attributes: [
    { probe: { weights: Float32Array.from([1, 0]) }, direction: Float32Array.from([1, 0]) },
    { probe: { weights: Float32Array.from([0, 1]) }, direction: Float32Array.from([0.25, 1]) },
  ],
} as unknown as AttributeSet;

describe('entanglement', () => {
  test('of sliders is what the probes see in their directions', () => {
    expect(movedBySliders(set)).toEqual([
      [1, 0],
      [0.25, 1],
    ]);
  });

  test('of sorted faces is their correlation', () => {
    expect(movedBySorting(set)).toEqual([
      [1, 0.5],
      [0.5, 1],
    ]);
  });

  test('its mean leaves out what was asked for', () => {
    expect(meanAlong(movedBySliders(set))).toBeCloseTo(0.125);
    expect(meanAlong(movedBySorting(set))).toBeCloseTo(0.5);
  });
});
