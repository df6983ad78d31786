import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A Chromium that is installed here: the one that `FACEMORPH_CHROMIUM` names, else one on the PATH
 * or in the usual places.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  const wanted = process.env.FACEMORPH_CHROMIUM;
  if (wanted) return existsSync(wanted) ? wanted : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...elsewhere,
  ].find((path) => existsSync(path));
}

/**
 * On a CI machine, installs Chromium where it is missing and that is possible (Debian, as root).
 *
 * @returns {Promise<string | undefined>}
 */
export async function ensureChromium() {
  const found = findChromium();
  const root = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (found !== undefined || !process.env.CI || !root) return found;
  console.log('Installing Chromium for the browser tests ...');
  const { code, output } = await run(
    'apt-get update -q && apt-get install -q -y --no-install-recommends chromium',
    { quiet: true, timeout: 300_000, env: { DEBIAN_FRONTEND: 'noninteractive' } },
  );
  if (code !== 0) console.log(output);
  return findChromium();
}
