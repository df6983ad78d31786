import { afterEach, describe, expect, it, vi } from 'vitest';
import { FaceMorphError } from '../errors.js';
import { createPixels, type Pixels } from '../image/pixels.js';
import { chooseDecoder, type LiveDrawing } from './choose-decoder.js';
import * as live from './live-decoder.js';

afterEach(() => vi.restoreAllMocks());

/** Two decoders that sign their pictures, and a trial that ends as it is told. */
function setUp(trial: () => Promise<boolean>) {
  const signed = (signature: number): live.Decode =>
    vi.fn(async () => {
      const pixels = createPixels(1, 1);
      pixels.data[0] = signature;
      return pixels;
    });
  const decoders = { exact: signed(1), fast: signed(2) };
  const isFaster = vi.spyOn(live, 'isFaster').mockImplementation(trial);
  vi.spyOn(live, 'anchored').mockImplementation(async ({ fast }) => fast);
  const onFallback = vi.fn();
  const editor = chooseDecoder(decoders, onFallback);
  const latent = new Float32Array(1);
  const { signal } = new AbortController();
  const view = async (pixels: Pixels): Promise<Pixels> => pixels;
  const drawn = async ({ decode }: ReturnType<LiveDrawing>): Promise<number | undefined> =>
    (await decode(latent, { signal })).data[0];
  const refined = async ({ refine }: ReturnType<LiveDrawing>): Promise<number | undefined> =>
    (await refine(latent, { signal }))?.data[0];
  return { editor: () => editor(latent, view), drawn, refined, isFaster, onFallback };
}

describe('chooseDecoder', () => {
  it('draws exactly at first and fast once that is proven, by one trial for all editors', async () => {
    const { editor, drawn, refined, isFaster, onFallback } = setUp(async () => true);
    const [first, second] = [editor(), editor()];
    expect(isFaster).not.toHaveBeenCalled();
    expect(await drawn(first)).toBe(1);
    expect(await refined(first)).toBeUndefined();
    await vi.waitFor(async () => expect(await drawn(first)).toBe(2));
    expect(await refined(first)).toBe(1);
    expect(await drawn(second)).toBe(1);
    await vi.waitFor(async () => expect(await drawn(second)).toBe(2));
    expect(isFaster).toHaveBeenCalledOnce();
    expect(onFallback).not.toHaveBeenCalled();
  });

  it('stays exact where that is the faster one', async () => {
    const { editor, drawn, isFaster } = setUp(async () => false);
    const draw = editor();
    expect(await drawn(draw)).toBe(1);
    await vi.waitFor(() => expect(isFaster).toHaveBeenCalledOnce());
    for (let i = 0; i < 3; i++) expect(await drawn(draw)).toBe(1);
  });

  it('stays exact and says why when the trial fails; another editor tries again', async () => {
    const { editor, drawn, isFaster, onFallback } = setUp(() =>
      Promise.reject(new FaceMorphError('NETWORK', 'offline')),
    );
    const draw = editor();
    await drawn(draw);
    await vi.waitFor(() => expect(onFallback).toHaveBeenCalledOnce());
    expect(onFallback).toHaveBeenCalledWith({
      from: 'decoder-int8',
      to: 'decoder',
      reason: 'offline',
    });
    expect(await drawn(draw)).toBe(1);
    expect(isFaster).toHaveBeenCalledOnce();
    await drawn(editor());
    await vi.waitFor(() => expect(isFaster).toHaveBeenCalledTimes(2));
  });

  it('says nothing when it is disposed of meanwhile', async () => {
    let tried = false;
    const { editor, drawn, onFallback } = setUp(async () => {
      tried = true;
      throw new FaceMorphError('DISPOSED', 'disposed');
    });
    await drawn(editor());
    await vi.waitFor(() => expect(tried).toBe(true));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(onFallback).not.toHaveBeenCalled();
  });
});
