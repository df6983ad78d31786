import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './process.mjs';

/**
 * The exiftool that is installed here: the one that `FACEMORPH_EXIFTOOL` names, else the one on the
 * PATH.
 *
 * @returns {string | undefined}
 */
function findExiftool() {
  const wanted = process.env.FACEMORPH_EXIFTOOL;
  if (wanted) return existsSync(wanted) ? wanted : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders
    .flatMap((folder) => ['exiftool', 'exiftool.exe'].map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/**
 * On a CI machine, installs exiftool where it is missing and that is possible (Debian, as root).
 *
 * @returns {Promise<string | undefined>}
 */
export async function ensureExiftool() {
  const found = findExiftool();
  const root = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (found !== undefined || !process.env.CI || !root) return found;
  console.log('Installing exiftool for the tests of written metadata ...');
  const { code, output } = await run(
    'apt-get update -q && apt-get install -q -y --no-install-recommends libimage-exiftool-perl',
    { quiet: true, timeout: 300_000, env: { DEBIAN_FRONTEND: 'noninteractive' } },
  );
  if (code !== 0) console.log(output);
  return findExiftool();
}
