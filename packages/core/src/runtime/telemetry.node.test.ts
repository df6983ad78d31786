import { expect, test } from 'vitest';
import { forbidTelemetry, type ProcessLike } from './telemetry.node.js';

const at = (env: ProcessLike['env'], more: Partial<ProcessLike> = {}): ProcessLike => ({
  env,
  platform: 'linux',
  isMainThread: true,
  ...more,
});

test('is forbidden for the process, whatever was said before', () => {
  for (const before of [undefined, '', '0', '1']) {
    const env = { ORT_DISABLE_TELEMETRY: before };
    forbidTelemetry(at(env));
    expect(env.ORT_DISABLE_TELEMETRY).toBe('1');
  }
});

test('a worker thread cannot, and says who can', () => {
  const env = {};
  expect(() => forbidTelemetry(at(env, { isMainThread: false }))).toThrow(
    expect.objectContaining({
      code: 'BACKEND_UNAVAILABLE',
      hint: expect.stringContaining('ORT_DISABLE_TELEMETRY'),
    }),
  );
  expect(env).toEqual({});
  forbidTelemetry(at({ ORT_DISABLE_TELEMETRY: '1' }, { isMainThread: false }));
});
