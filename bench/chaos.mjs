// `npm run chaos`: 2,000 pictures through the queue with 3 workers, one of which is killed every 5 s, and
// Redis once; every result must be there once, its bytes those of an undisturbed run. Needs
// `npm run build` first, and redis-server. `--quick` takes 150 pictures; `--json` prints one JSON object; `--keep
// FOLDER` leaves the pictures and what is expected of them there, for another run.
import './help.mjs';
import { runChaos } from './queue/chaos.mjs';

const quick = process.argv.includes('--quick');
const folder = process.argv.indexOf('--keep') + 1;
const keep = folder > 0 ? process.argv[folder] : undefined;
const result = await runChaos({
  count: quick ? 150 : 2000,
  workers: quick ? 2 : 3,
  killEvery: quick ? 2000 : 5000,
  timeout: quick ? 180_000 : 1_800_000,
  ...(keep ? { keep } : {}),
  onLine: (line) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${line}`),
});
if (result === undefined) {
  console.error('There is no redis-server here: nothing was tried.');
  process.exitCode = 1;
} else {
  const { missing, unexpected, different, failed } = result;
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
  else
    for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(14)} ${value}`);
  process.exitCode = missing + unexpected + different + failed === 0 ? 0 : 1;
}
