import { afterEach, describe, expect, it, vi } from 'vitest';
import { FaceMorphError } from '../errors.js';
import { createPixels, type Pixels } from '../image/pixels.js';
import { LiveEditor, type LiveEditorOptions, type LiveFrame } from './live-editor.js';

/** A source whose decodes end when the test says so; the picture's first byte is the strength. */
function createSource() {
  const decodes: {
    readonly strength: number;
    readonly signal: AbortSignal;
    finish(): void;
    fail(error: unknown): void;
  }[] = [];
  let running = 0;
  let mostRunning = 0;
  return {
    decodes,
    mostRunning: () => mostRunning,
    apply(edits: Readonly<Record<string, unknown>>, keep: readonly string[]) {
      const strength = Number(edits.smiling ?? 0);
      if (Number.isNaN(strength) || keep.includes('nobody')) {
        throw new FaceMorphError('ARGUMENT_INVALID', 'bad edit');
      }
      return { latent: Float32Array.of(strength), strengths: { smiling: strength }, reached: {} };
    },
    decode(latent: Float32Array, { signal }: { signal: AbortSignal }): Promise<Pixels> {
      running++;
      mostRunning = Math.max(mostRunning, running);
      return new Promise((resolve, reject) => {
        const end = (settle: () => void) => () => {
          running--;
          settle();
        };
        const pixels = createPixels(1, 1);
        pixels.data[0] = latent[0]!;
        decodes.push({
          strength: latent[0]!,
          signal,
          finish: end(() => resolve(pixels)),
          fail: (error) => end(() => reject(error))(),
        });
      });
    },
  };
}

function setUp(options: LiveEditorOptions = {}) {
  const source = createSource();
  const editor = new LiveEditor(source, options);
  const frames: LiveFrame[] = [];
  editor.subscribe((frame) => frames.push(frame));
  const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
  return { source, editor, frames, turn };
}

const unhandled = vi.fn();
process.on('unhandledRejection', unhandled);
afterEach(() => expect(unhandled).not.toHaveBeenCalled());

describe('LiveEditor', () => {
  it('shows the face as it is to the first subscriber', async () => {
    const { source, editor, frames, turn } = setUp();
    await turn();
    expect(source.decodes.map(({ strength }) => strength)).toEqual([0]);
    source.decodes[0]!.finish();
    await turn();
    expect(frames).toHaveLength(1);
    expect(frames[0]).toMatchObject({ strengths: { smiling: 0 }, sequence: 0 });
    expect(editor.frame).toBe(frames[0]);
  });

  it('runs one decode at a time, skips what is out of date and ends with the newest edit', async () => {
    const { source, editor, frames, turn } = setUp();
    await turn();
    for (const strength of [1, 2, 3, 4]) {
      editor.set('smiling', strength);
      await turn();
    }
    expect(source.decodes).toHaveLength(1);
    source.decodes[0]!.finish();
    await turn();
    expect(source.decodes.map(({ strength }) => strength)).toEqual([0, 4]);
    editor.set('smiling', 5);
    source.decodes[1]!.finish();
    await turn();
    source.decodes[2]!.finish();
    await turn();
    expect(frames.map(({ pixels }) => pixels.data[0])).toEqual([0, 4, 5]);
    expect(frames.map(({ sequence }) => sequence)).toEqual([0, 4, 5]);
    expect(source.mostRunning()).toBe(1);
    await turn();
    expect(source.decodes).toHaveLength(3);
  });

  it('makes one frame of edits in the same turn', async () => {
    const { source, editor, turn } = setUp();
    editor.set('smiling', 1);
    editor.setAll({ smiling: 2 });
    editor.keep(['male']);
    await turn();
    expect(source.decodes.map(({ strength }) => strength)).toEqual([2]);
    expect(editor.edits).toEqual({ smiling: 2 });
    expect(editor.kept).toEqual(['male']);
  });

  it('refuses a bad edit at the call and goes on as before', async () => {
    const { source, editor, turn } = setUp();
    editor.set('smiling', 1);
    expect(() => editor.set('smiling', Number.NaN)).toThrow(/bad edit/);
    expect(() => editor.keep(['nobody'])).toThrow(/bad edit/);
    expect(editor.edits).toEqual({ smiling: 1 });
    expect(editor.kept).toEqual([]);
    await turn();
    expect(source.decodes.map(({ strength }) => strength)).toEqual([1]);
  });

  it('draws the last picture of a drag exactly once the sliders rest', async () => {
    const refined: number[] = [];
    const source = {
      apply: (edits: Readonly<Record<string, unknown>>) => {
        const strength = Number(edits.smiling ?? 0);
        return { latent: Float32Array.of(strength), strengths: { smiling: strength }, reached: {} };
      },
      decode: async () => createPixels(1, 1),
      refine: async (latent: Float32Array) => {
        refined.push(latent[0]!);
        return latent[0] === 9 ? undefined : createPixels(2, 2);
      },
    };
    vi.useFakeTimers();
    const editor = new LiveEditor(source);
    const frames: LiveFrame[] = [];
    editor.subscribe((frame) => frames.push(frame));
    for (const strength of [1, 2, 3]) {
      editor.set('smiling', strength);
      await editor.flush();
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(refined).toEqual([]);
    await vi.advanceTimersByTimeAsync(500);
    expect(refined).toEqual([3]);
    expect(frames.map(({ pixels, sequence }) => [pixels.width, sequence])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect(editor.frame).toBe(frames[3]);
    editor.set('smiling', 9);
    await editor.flush();
    await vi.advanceTimersByTimeAsync(500);
    expect(refined).toEqual([3, 9]);
    expect(editor.frame?.pixels.width).toBe(1);
    editor.set('smiling', 4);
    await editor.flush();
    editor.dispose();
    await vi.advanceTimersByTimeAsync(500);
    expect(refined).toEqual([3, 9]);
    vi.useRealTimers();
  });

  it('flush waits for the newest edit, also when nobody has subscribed', async () => {
    const source = createSource();
    const editor = new LiveEditor(source);
    editor.set('smiling', 3);
    let shown = false;
    const flushed = editor.flush().then(() => {
      shown = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(shown).toBe(false);
    source.decodes[0]!.finish();
    await flushed;
    expect(editor.frame!.strengths).toEqual({ smiling: 3 });
    await editor.flush();
    expect(source.decodes).toHaveLength(1);
  });

  it('reports a failed decode, rejects flush with it, and recovers with the next edit', async () => {
    const errors: unknown[] = [];
    const { source, editor, frames, turn } = setUp({ onError: (error) => errors.push(error) });
    await turn();
    const failure = new Error('out of memory');
    source.decodes[0]!.fail(failure);
    await turn();
    expect(errors).toEqual([failure]);
    await expect(editor.flush()).rejects.toBe(failure);
    expect(source.decodes).toHaveLength(1);
    editor.set('smiling', 2);
    await turn();
    source.decodes[1]!.finish();
    await editor.flush();
    expect(frames.map(({ sequence }) => sequence)).toEqual([1]);
  });

  it('drops the failure of an edit that a newer one has replaced', async () => {
    const { source, editor, turn } = setUp();
    await turn();
    editor.set('smiling', 1);
    source.decodes[0]!.fail(new Error('old'));
    await turn();
    source.decodes[1]!.finish();
    await expect(editor.flush()).resolves.toBeUndefined();
  });

  it('lets no listener harm another, or the loop', async () => {
    const errors: unknown[] = [];
    const source = createSource();
    const editor = new LiveEditor(source, { onError: (error) => errors.push(error) });
    const seen: number[] = [];
    editor.subscribe(() => {
      throw new Error('listener');
    });
    const stop = editor.subscribe((frame) => seen.push(frame.sequence));
    await new Promise((resolve) => setTimeout(resolve, 0));
    source.decodes[0]!.finish();
    await editor.flush();
    expect(seen).toEqual([0]);
    expect(errors).toHaveLength(1);
    stop();
    editor.set('smiling', 1);
    await new Promise((resolve) => setTimeout(resolve, 0));
    source.decodes[1]!.finish();
    await editor.flush();
    expect(seen).toEqual([0]);
  });

  it('aborts and is silent after dispose, twice without harm', async () => {
    const onError = vi.fn();
    const { source, editor, frames, turn } = setUp({ onError });
    await turn();
    const flushed = editor.flush();
    editor.dispose();
    editor.dispose();
    expect(source.decodes[0]!.signal.aborted).toBe(true);
    source.decodes[0]!.fail(new FaceMorphError('ABORTED', 'aborted'));
    await flushed;
    await turn();
    expect(frames).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
    for (const call of [
      () => editor.set('smiling', 1),
      () => editor.subscribe(() => {}),
      () => editor.keep([]),
    ]) {
      expect(call).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
    }
    await expect(editor.flush()).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});
