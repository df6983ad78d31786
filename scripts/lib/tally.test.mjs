import { describe, expect, test } from 'vitest';
import { pytestTally, summary, tally, vitestTally } from './tally.mjs';

/** @param {object[]} testResults */
const report = (testResults) => JSON.stringify({ testResults });

describe('vitestTally', () => {
  test('counts passed, failed and skipped tests and names the failed', () => {
    const text = report([
      {
        name: '/x/core/lerp.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'a' },
          { status: 'failed', fullName: 'lerp meets its end' },
          { status: 'pending', fullName: 'c' },
        ],
      },
    ]);
    expect(vitestTally(text, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
      notes: ['core/lerp.test.ts: lerp meets its end'],
    });
  });

  test('counts a file that did not load', () => {
    const text = report([
      { name: '/x/a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ]);
    expect(vitestTally(text, 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  test('counts a runner that died, with or without a report', () => {
    expect(vitestTally(undefined, 139)).toMatchObject({ failed: 1 });
    expect(vitestTally('{"testRes', 1)).toMatchObject({ failed: 1 });
    const passed = [{ status: 'passed', fullName: 'a' }];
    const text = report([{ name: 'a', status: 'passed', assertionResults: passed }]);
    expect(vitestTally(text, 1)).toMatchObject({ passed: 1, failed: 1 });
  });
});

describe('pytestTally', () => {
  test('reads the counts and the names of what failed', () => {
    const text =
      '<testsuites><testsuite name="pytest" errors="1" failures="1" skipped="2" tests="9">' +
      '<testcase classname="t" name="test_loss" time="1"><failure message="x"/></testcase>' +
      '</testsuite></testsuites>';
    expect(pytestTally(text, 1)).toEqual({
      passed: 5,
      failed: 2,
      skipped: 2,
      notes: ['test_loss'],
    });
  });

  test('counts a missing report and an unexplained exit code as failures', () => {
    expect(pytestTally(undefined, 3)).toMatchObject({ failed: 1 });
    expect(pytestTally('<testsuite errors="0" failures="0" tests="1">', 2).failed).toBe(1);
  });
});

test('summary names the skipped only when there are some', () => {
  expect(summary(tally({ passed: 3 }))).toBe('3 passed, 0 failed');
  expect(summary(tally({ passed: 3, failed: 1, skipped: 2 }))).toBe(
    '3 passed, 1 failed, 2 skipped',
  );
});
