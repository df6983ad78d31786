import { describe, expect, it } from 'vitest';
import { createPixels, type Pixels } from '../image/pixels.js';
import { runAtOnce } from '../slices.js';
import { labSteps } from './oklab.js';
import { personOf } from './person.js';

const SIDE = 128;

type Colour = readonly [number, number, number];

/** A face with hair around it, wider than heads usually are on the left, before a wall. */
function portrait(hair: Colour, wall: Colour): Pixels {
  const picture = createPixels(SIDE, SIDE);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const isFace = Math.hypot((x - 64) / 28, (y - 72) / 38) < 1;
    const isHair = Math.hypot((x - 54) / 48, (y - 60) / 52) < 1;
    const colour = isFace ? [220, 170, 140] : isHair ? hair : wall;
    picture.data.set([...colour, 255], i * 4);
  }
  return picture;
}

function personIn(picture: Pixels): Float32Array {
  const { width, height } = picture;
  return runAtOnce(personOf({ width, height, planes: runAtOnce(labSteps(picture)) }));
}

const at = (plane: Float32Array, x: number, y: number): number => plane[y * SIDE + x]!;

describe('personOf', () => {
  it.each<[string, Colour, Colour]>([
    ['dark hair before a light wall', [40, 30, 25], [210, 210, 215]],
    ['blond hair before a green wall', [210, 180, 110], [60, 110, 70]],
  ])('%s: takes the hair and leaves the wall', (_, hair, wall) => {
    const person = personIn(portrait(hair, wall));
    expect(at(person, 64, 70)).toBe(1);
    expect(at(person, 54, 16)).toBeGreaterThan(0.8);
    expect(at(person, 12, 62)).toBeGreaterThan(0.6);
    expect(at(person, 122, 20)).toBeLessThan(0.2);
    expect(at(person, 118, 60)).toBeLessThan(0.3);
  });

  it('goes by the usual place of a head where hair and wall are of one colour', () => {
    const person = personIn(portrait([60, 60, 60], [60, 60, 60]));
    expect(at(person, 64, 70)).toBe(1);
    expect(at(person, 64, 20)).toBeGreaterThan(at(person, 4, 4));
  });
});
