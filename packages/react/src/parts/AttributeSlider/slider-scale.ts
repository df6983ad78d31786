/** The lowest and highest strength of a slider. */
export type Range = readonly [number, number];

const ARROW_STEP = 0.1;
const PAGE_STEP = 0.5;
const SNAP = 0.08;

/** Where a strength stands on the track, 0..1 from its low end. */
export function position(strength: number, [low, high]: Range): number {
  return (clamp(strength, [low, high]) - low) / (high - low);
}

/** Rounds to hundredths and holds inside the range; never gives -0. */
export function clamp(strength: number, [low, high]: Range): number {
  return Math.round(Math.min(high, Math.max(low, strength)) * 100) / 100 || 0;
}

/** Strengths near 0 become 0: the face as it is can be found again by hand. */
export function snapToZero(strength: number): number {
  return Math.abs(strength) < SNAP ? 0 : strength;
}

/** The strength that a key leads to, or nothing when the slider does not know the key. */
export function strengthAfterKey(
  key: string,
  strength: number,
  range: Range,
  rightToLeft: boolean,
): number | undefined {
  const forward = rightToLeft ? -ARROW_STEP : ARROW_STEP;
  switch (key) {
    case 'ArrowUp':
      return clamp(strength + ARROW_STEP, range);
    case 'ArrowDown':
      return clamp(strength - ARROW_STEP, range);
    case 'ArrowRight':
      return clamp(strength + forward, range);
    case 'ArrowLeft':
      return clamp(strength - forward, range);
    case 'PageUp':
      return clamp(strength + PAGE_STEP, range);
    case 'PageDown':
      return clamp(strength - PAGE_STEP, range);
    case 'Home':
      return clamp(range[0], range);
    case 'End':
      return clamp(range[1], range);
    case 'Escape':
      return 0;
    default:
      return undefined;
  }
}
