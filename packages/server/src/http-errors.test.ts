import { FaceMorphError } from '@facemorph/core/node';
import { expect, test } from 'vitest';
import { answerOf } from './http-errors.js';

test.each([
  ['ATTRIBUTE_UNKNOWN', 400],
  ['IMAGE_TOO_LARGE', 413],
  ['IMAGE_INVALID', 415],
  ['NO_FACE', 422],
  ['BUSY', 503],
  ['TIMEOUT', 504],
] as const)('%s is a %i, told in full', (code, status) => {
  const answer = answerOf(new FaceMorphError(code, 'what', { hint: 'do' }));
  expect(answer).toEqual({ status, body: { error: { code, message: 'what', hint: 'do' } } });
});

test.each([
  new FaceMorphError('WORKER_LOST', 'thread 3 of /srv/app'),
  new Error('ENOENT /etc/passwd'),
  'a string',
  Object.assign(new Error('/srv/secret'), { statusCode: 500 }),
])('what is no business of the client is not told: %s', (thrown) => {
  const { status, body } = answerOf(thrown);
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toMatch(/srv|etc|thread|string/);
});

test('what Fastify refuses keeps its status', () => {
  const thrown = Object.assign(new Error('too long'), { statusCode: 413, code: 'FST_X' });
  expect(answerOf(thrown)).toMatchObject({ status: 413, body: { error: { code: 'FST_X' } } });
});

test('too many requests have a code, and a hint', () => {
  const thrown = Object.assign(new Error('too many'), { statusCode: 429 });
  const error = {
    code: 'RATE_LIMITED',
    message: 'too many',
    hint: expect.stringContaining('Wait'),
  };
  expect(answerOf(thrown)).toEqual({ status: 429, body: { error } });
});
