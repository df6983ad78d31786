import { expect, it } from 'vitest';
import { progressShare, progressText } from './progress-text.js';

it('says what is being waited for', () => {
  expect(progressText(null)).toBe('Getting ready');
  expect(progressText({ phase: 'download', loaded: 3_200_000, total: 9_600_000 })).toBe(
    'Loading the model, 3.2 of 9.6 MB',
  );
});

it('grows from phase to phase and never beyond the whole', () => {
  const shares = [
    progressShare(null),
    progressShare({ phase: 'download', loaded: 5, total: 10 }),
    progressShare({ phase: 'download', loaded: 20, total: 10 }),
    progressShare({ phase: 'verify', loaded: 1, total: 1 }),
    progressShare({ phase: 'compile', loaded: 2, total: 2 }),
  ];
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  expect(progressShare({ phase: 'compile', loaded: 0, total: 0 })).toBe(0.85);
});
