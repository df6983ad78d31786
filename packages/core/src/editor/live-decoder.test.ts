import { describe, expect, it, vi } from 'vitest';
import { createPixels } from '../image/pixels.js';
import { anchored, type Decode, isFaster } from './live-decoder.js';

/** Draws one grey pixel: the latent's only number, rounded by `round`. */
function decoder(round: (value: number) => number): Decode {
  return vi.fn(async (latent) => {
    const pixels = createPixels(1, 1);
    pixels.data.fill(round(latent[0] as number), 0, 3);
    pixels.data[3] = 255;
    return pixels;
  });
}
const at = (value: number): Float32Array => Float32Array.of(value);
const grey = async (decode: Decode, value: number): Promise<number[]> => [
  ...(await decode(at(value))).data,
];

describe('isFaster', () => {
  /** Decoders that take so many ms, by run, on a clock of their own. */
  function timed(times: { exact: number[]; fast: number[] }) {
    let clock = 0;
    const take = (list: number[]): Decode => {
      const draw = decoder((value) => value);
      return async (latent) => {
        clock += list.shift() as number;
        return draw(latent);
      };
    };
    const decoders = { exact: take(times.exact), fast: take(times.fast) };
    return isFaster(decoders, at(0), () => clock);
  }

  it('compares the least times, without the first run', async () => {
    const exact = [90, 20, 21, 90, 22];
    expect(await timed({ exact: [...exact], fast: [300, 60, 14, 60, 14] })).toBe(true);
    expect(await timed({ exact: [...exact], fast: [1, 19, 19, 19, 19] })).toBe(false);
  });

  it('fails with the decoder that fails', async () => {
    const fast: Decode = () => Promise.reject(new Error('no such file'));
    const exact = decoder((value) => value);
    await expect(isFaster({ exact, fast }, at(0))).rejects.toThrow('no such file');
  });
});

describe('anchored', () => {
  const exact = decoder((value) => value);
  const fast = decoder((value) => Math.floor(value / 10) * 10);

  it('is exact at the face itself and moves as the fast decoder does', async () => {
    const draw = await anchored({ exact, fast }, at(57));
    expect(await grey(draw, 57)).toEqual([57, 57, 57, 255]);
    expect(await grey(draw, 65)).toEqual([67, 67, 67, 255]);
    expect(await grey(draw, 250)).toEqual([255, 255, 255, 255]);
  });

  it('asks for the exact picture once', async () => {
    const once = decoder((value) => value);
    const draw = await anchored({ exact: once, fast }, at(57));
    await Promise.all([draw(at(60)), draw(at(70)), draw(at(80))]);
    expect(once).toHaveBeenCalledOnce();
  });
});
