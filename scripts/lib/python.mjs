import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './process.mjs';

const requirements = join(root, 'packages', 'models', 'training', 'requirements.txt');
const venv = join(root, '.venv');
const stamp = join(venv, 'facemorph-requirements');

/** The Python inside the virtual environment. */
const inside =
  process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');

/**
 * A virtual environment in `.venv` with what the training code needs and pytest, made at most once
 * for a given requirements.txt. Where the machine's own Python already has torch, that one is used.
 *
 * @returns {Promise<{ python: string } | { missing: string }>}
 */
export async function ensurePython() {
  if (process.env.FACEMORPH_PYTHON) return { python: process.env.FACEMORPH_PYTHON };
  if (!existsSync(requirements)) return { missing: 'there is no training code' };
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { python: inside };

  const version = 'import sys; sys.exit(sys.version_info < (3, 10))';
  if ((await run(`python3 -c "${version}"`, { quiet: true })).code !== 0) {
    return { missing: 'python3 (3.10 or newer) is not installed' };
  }
  const shared = (await run('python3 -c "import torch"', { quiet: true })).code === 0;
  const flags = shared ? '--system-site-packages' : '';
  const steps = [
    `python3 -m venv --clear ${flags} "${venv}"`,
    `"${inside}" -m pip install --quiet --disable-pip-version-check pytest -r "${requirements}"`,
  ];
  for (const step of steps) {
    const { code, output } = await run(step, { quiet: true, timeout: 900_000 });
    if (code !== 0) return { missing: `${step} failed:\n${output.trim().slice(-2000)}` };
  }
  writeFileSync(stamp, wanted);
  return { python: inside };
}
