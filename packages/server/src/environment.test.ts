import { expect, test } from 'vitest';
import { optionsFromEnvironment } from './environment.js';

test('reads what is set and leaves the rest to the defaults', () => {
  const environment = {
    FACEMORPH_WORKERS: '3',
    FACEMORPH_RATE_LIMIT: '0',
    FACEMORPH_MODEL: './model',
    FACEMORPH_TRUST_PROXY: 'true',
    FACEMORPH_MAX_BYTES: '',
  };
  expect(optionsFromEnvironment(environment)).toEqual({
    workers: 3,
    rateLimit: 0,
    model: './model',
    trustProxy: true,
  });
});

test.each(['many', '-1', '1.5', '0x10'])('refuses %s and names the variable', (text) => {
  expect(() => optionsFromEnvironment({ FACEMORPH_WORKERS: text })).toThrow(/FACEMORPH_WORKERS/);
});
