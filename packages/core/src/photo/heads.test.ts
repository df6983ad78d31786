import { describe, expect, it } from 'vitest';
import { onOwnHead, ownHead } from './heads.js';

const FRAME = { width: 128, height: 128 };

describe('ownHead', () => {
  it('is the whole picture where nobody else is', () => {
    expect(ownHead(FRAME, []).every((share) => share === 1)).toBe(true);
    const far = ownHead(FRAME, [{ centre: [400, 74], size: 64 }]);
    expect(Math.min(...far)).toBe(1);
  });

  it('leaves a neighbour cheek to cheek with what is nearer to it', () => {
    const share = ownHead(FRAME, [{ centre: [138, 74], size: 64 }]);
    const at = (x: number) => share[74 * 128 + x];
    expect([at(64), at(90), at(112), at(127)]).toEqual([1, 1, 0, 0]);
  });

  it('counts by the size of heads, in the margin too', () => {
    const small = { centre: [160, 74] as const, size: 32 };
    const wide = ownHead({ width: 224, height: 224 }, [small], 48);
    const at = (x: number) => wide[(74 + 48) * 224 + x + 48];
    // Twice as near as the middle of the two: a small head ends sooner.
    expect([at(112), at(140), at(160)]).toEqual([1, 0, 0]);
  });
});

describe('onOwnHead', () => {
  it('takes a plane down where another head is nearer', () => {
    const plane = new Float32Array(128 * 128).fill(0.5);
    const neighbour = { centre: [138, 74] as const, size: 64 };
    const kept = onOwnHead(plane, FRAME, [neighbour]);
    expect([kept[74 * 128 + 64], kept[74 * 128 + 127]]).toEqual([0.5, 0]);
    expect(onOwnHead(plane, FRAME, [])).toBe(plane);
  });
});
