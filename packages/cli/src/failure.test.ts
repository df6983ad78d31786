import { FaceMorphError } from '@facemorph/core';
import { describe, expect, it } from 'vitest';
import { describeFailure, failureLine, UsageError } from './failure.js';

const line = (error: unknown): string => failureLine(describeFailure(error));

describe('a failure', () => {
  it('is one line with its hint, whatever the message holds', () => {
    const error = new FaceMorphError('IMAGE_INVALID', 'Bad\n  picture \x1b[31mx\x1b[39m.', {
      hint: 'Try another.',
    });
    expect(line(error)).toBe('facemorph: Bad picture x. Try another.');
    expect(line(new UsageError('Missing INPUT'))).toBe('facemorph: Missing INPUT');
  });

  it.each([
    [new UsageError('x'), 2],
    [new FaceMorphError('ATTRIBUTE_UNKNOWN', 'x'), 2],
    [new FaceMorphError('ARGUMENT_INVALID', 'x'), 2],
    [new FaceMorphError('ARGUMENT_INVALID', 'x', { details: { input: 'a.jpg' } }), 1],
    [new FaceMorphError('IMAGE_INVALID', 'x'), 1],
    [new FaceMorphError('MODEL_INTEGRITY', 'x'), 1],
    [new FaceMorphError('ABORTED', 'x'), 130],
    [new Error('x'), 1],
    ['x', 1],
  ])('%s has its exit code', (error, exitCode) => {
    expect(describeFailure(error).exitCode).toBe(exitCode);
  });

  it.each([
    [
      { syscall: 'listen', code: 'EADDRINUSE', port: 80 },
      'Port 80 is in use. Choose another with --port.',
    ],
    [
      { syscall: 'listen', code: 'EACCES', port: 80 },
      'Port 80 may not be used. Choose another with --port.',
    ],
    [
      { syscall: 'listen', code: 'EADDRNOTAVAIL', address: '8.8.8.8', port: 80 },
      '"8.8.8.8" is no address of this machine. Choose another with --host.',
    ],
    [
      { syscall: 'getaddrinfo', code: 'ENOTFOUND', hostname: 'nowhere' },
      '"nowhere" is no address of this machine. Choose another with --host.',
    ],
  ])('of a server that cannot listen says what to choose: %o', (error, text) => {
    expect(line(Object.assign(new Error('x'), error))).toBe(`facemorph: ${text}`);
  });

  it('does not list all attributes', () => {
    const details = { suggestion: null };
    const error = new FaceMorphError('ATTRIBUTE_UNKNOWN', 'x', { hint: 'long', details });
    expect(line(error)).toBe('facemorph: x. See "facemorph attributes list".');
  });
});
