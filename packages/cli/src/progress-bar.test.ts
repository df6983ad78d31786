import { describe, expect, it } from 'vitest';
import { barLine, createProgressBar } from './progress-bar.js';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, columns: 40, written, write: (text: string) => written.push(text) };
}

describe('the progress bar', () => {
  it('shows share and count', () => {
    expect(barLine({ phase: 'decode', loaded: 12, total: 24 })).toBe(
      `decode    ${'#'.repeat(12)}${'-'.repeat(12)}  50 %  12/24`,
    );
    expect(barLine({ phase: 'download', loaded: 1e6, total: 4e6, item: 'decoder' })).toMatch(
      /25 % {2}decoder 4\.0 MB$/,
    );
    expect(barLine({ phase: 'locate', loaded: 0, total: 0 })).toContain('100 %');
  });

  it('stays on one line of a terminal and is wiped', () => {
    const stream = terminal(true);
    const bar = createProgressBar(stream, true);
    bar.update({ phase: 'decode', loaded: 1, total: 100 });
    bar.update({ phase: 'decode', loaded: 2, total: 100 });
    bar.update({ phase: 'decode', loaded: 100, total: 100 });
    bar.clear();
    bar.clear();
    expect(stream.written.length).toBe(3);
    for (const text of stream.written) expect(text.length).toBeLessThan(40 + 4);
    expect(stream.written.at(-1)).toBe('\r\x1b[K');
  });

  it.each([
    [false, true],
    [true, false],
  ])('writes nothing (terminal %s, wanted %s)', (isTTY, enabled) => {
    const stream = terminal(isTTY);
    const bar = createProgressBar(stream, enabled);
    bar.update({ phase: 'decode', loaded: 1, total: 2 });
    bar.clear();
    expect(stream.written).toEqual([]);
  });
});
