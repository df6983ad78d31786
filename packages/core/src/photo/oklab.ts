import type { Pixels } from '../image/pixels.js';
import type { Steps } from '../slices.js';

/**
 * A picture in Oklab (Ottosson 2020), the space in which equal steps look equal: planes L (0..1),
 * a and b, row-major. In it a change of hair or skin keeps its hue while it gets lighter or darker.
 */
export interface LabPlanes {
  readonly width: number;
  readonly height: number;
  readonly planes: readonly [Float32Array, Float32Array, Float32Array];
}

/** One plane for each of L, a, b (0, 1, 2). */
export function tupleOf(planeAt: (channel: number) => Float32Array): LabPlanes['planes'] {
  return [planeAt(0), planeAt(1), planeAt(2)];
}

const LINEAR = Float32Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Linear light 0..1 of an sRGB byte. */
export function linearOf(byte: number): number {
  return LINEAR[byte]!;
}

/** sRGB 0..255 of linear light, at even steps of its square root, where the curve is nearly straight. */
const STEPS = 1024;
const ENCODED = Float32Array.from({ length: STEPS + 2 }, (_, step) => {
  const light = (step / STEPS) ** 2;
  return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
});

/** Writes L, a, b of an sRGB colour to `out`. */
export function labOfBytes(red: number, green: number, blue: number, out: Float32Array): void {
  labOfLinear(LINEAR[red]!, LINEAR[green]!, LINEAR[blue]!, out);
}

/** Writes L, a, b of a colour in linear light (0..1, not below 0) to `out`. */
export function labOfLinear(r: number, g: number, b: number, out: Float32Array): void {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  out[0] = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  out[1] = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  out[2] = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
}

/**
 * Writes a colour as sRGB bytes at `at`. One that no screen can show keeps its lightness and hue and
 * loses chroma until it can be shown: nothing clips to a strange colour.
 */
export function writeBytes(
  lightness: number,
  a: number,
  b: number,
  data: Uint8ClampedArray,
  at: number,
): void {
  const light = Math.min(Math.max(lightness, 0), 1);
  let chroma = 1;
  for (let attempt = 0; ; attempt++) {
    const l = cube(light + chroma * (0.3963377774 * a + 0.2158037573 * b));
    const m = cube(light - chroma * (0.1055613458 * a + 0.0638541728 * b));
    const s = cube(light - chroma * (0.0894841775 * a + 1.291485548 * b));
    const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
    const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
    const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
    const low = Math.min(red, green, blue);
    const high = Math.max(red, green, blue);
    if (attempt === 4 || (low >= -0.001 && high <= 1.001)) {
      data[at] = encode(red);
      data[at + 1] = encode(green);
      data[at + 2] = encode(blue);
      return;
    }
    chroma *= 0.8;
  }
}

/** Many times as fast as `** 3`, which is a call of `Math.pow`. */
function cube(value: number): number {
  return value * value * value;
}

function encode(light: number): number {
  const position = Math.sqrt(Math.min(Math.max(light, 0), 1)) * STEPS;
  const step = position | 0;
  const below = ENCODED[step]!;
  return below + (ENCODED[step + 1]! - below) * (position - step);
}

/** The planes of a picture, row by row. Alpha is not looked at. */
export function* labSteps({ width, height, data }: Pixels): Steps<LabPlanes['planes']> {
  const planes = [0, 1, 2].map(() => new Float32Array(width * height)) as unknown;
  const [light, a, b] = planes as LabPlanes['planes'];
  const lab = new Float32Array(3);
  for (let i = 0; i < light.length; i++) {
    labOfBytes(data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!, lab);
    light[i] = lab[0]!;
    a[i] = lab[1]!;
    b[i] = lab[2]!;
    if (i % width === 0) yield;
  }
  return [light, a, b];
}
