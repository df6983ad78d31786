/**
 * What a suite came to.
 *
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} notes What failed or was skipped, one line each.
 */

/**
 * @param {Partial<Tally>} [part]
 * @returns {Tally}
 */
export function tally(part = {}) {
  return { passed: 0, failed: 0, skipped: 0, notes: [], ...part };
}

/**
 * The result of a vitest run from its JSON report. A file that did not even load, an error outside
 * any test and a runner that died count as failures: nothing gets lost.
 *
 * @param {string | undefined} report The text of the report; undefined when there is none.
 * @param {number} code The exit code of vitest.
 * @returns {Tally}
 */
export function vitestTally(report, code) {
  const parsed = parse(report);
  if (parsed === undefined) {
    return tally({ failed: 1, notes: [`the runner ended with code ${code} and left no report`] });
  }
  const result = tally();
  for (const file of parsed.testResults ?? []) {
    const tests = file.assertionResults ?? [];
    for (const { status, fullName } of tests) {
      if (status === 'passed') result.passed += 1;
      else if (status === 'failed') {
        result.failed += 1;
        result.notes.push(`${shortName(file.name)}: ${fullName}`);
      } else result.skipped += 1;
    }
    const broken = file.status === 'failed' && !tests.some(({ status }) => status === 'failed');
    if (broken) {
      result.failed += 1;
      result.notes.push(`${shortName(file.name)}: ${firstLine(file.message) || 'did not load'}`);
    }
  }
  if (code !== 0 && result.failed === 0) {
    result.failed = 1;
    result.notes.push(`the runner ended with code ${code} though no test failed`);
  }
  return result;
}

/**
 * The result of a pytest run from its JUnit report.
 *
 * @param {string | undefined} report
 * @param {number} code The exit code of pytest.
 * @returns {Tally}
 */
export function pytestTally(report, code) {
  const suite = report?.match(/<testsuite\s[^>]*>/)?.[0];
  if (suite === undefined) {
    return tally({ failed: 1, notes: [`pytest ended with code ${code} and left no report`] });
  }
  /** @param {string} name */
  const count = (name) => Number(suite.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  const failed = count('failures') + count('errors');
  const skipped = count('skipped');
  const result = tally({ passed: count('tests') - failed - skipped, failed, skipped });
  for (const [, name] of report?.matchAll(
    /<testcase[^>]*\bname="([^"]*)"[^>]*><(?:failure|error)/g,
  ) ?? []) {
    result.notes.push(name ?? '');
  }
  if (code !== 0 && failed === 0) {
    result.failed = 1;
    result.notes.push(`pytest ended with code ${code} though no test failed`);
  }
  return result;
}

/**
 * The last line of `npm test`.
 *
 * @param {Tally} total
 * @returns {string}
 */
export function summary({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

/**
 * @param {string | undefined} text
 * @returns {{ testResults?: { name: string, status: string, message?: string, assertionResults?: { status: string, fullName: string }[] }[] } | undefined}
 */
function parse(text) {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {string} path */
const shortName = (path) => path.split(/[\\/]/).slice(-2).join('/');

/** @param {string | undefined} text */
const firstLine = (text) => (text ?? '').split('\n')[0] ?? '';
