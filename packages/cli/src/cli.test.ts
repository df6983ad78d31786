import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCli } from './cli.js';

let said: string;
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

it.each([
  ['edit --json', 'Missing INPUT'],
  ['edit face.jpg --alinged --json', 'Unknown option --alinged'],
  ['edit face.jpg -s smiling=1 -o - --json', '--json and -o - both want stdout'],
  ['edti --json', 'Unknown command "edti"'],
  ['morph a.json b.json -o a.gif --sheet - --json', 'Two results cannot both go to stdout'],
])('%s is refused in JSON', async (line, message) => {
  expect(await runCli(line.split(' '))).toBe(2);
  expect(JSON.parse(said)).toMatchObject({ error: { code: 'USAGE', message, exitCode: 2 } });
});

it.each([
  'attributes show smiling --plot -',
  'morph a.json b.json -o - --sheet -',
  'edit -- --json',
])('%s is refused, and stdout stays empty', async (line) => {
  expect(await runCli(line.split(' '))).toBe(2);
  expect(said).toBe('');
});
