// `npm run fuzz:server`: a server takes 1,000 hostile uploads and as many messages on live connections, and
// goes on serving. Needs `npm run build` first. `--count N` and `--seed N` choose others; `--json` prints one JSON object.
import './help.mjs';
import { startChildServer } from './server/child-server.mjs';
import { honestPictures, sendHostile } from './server/send-hostile.mjs';
import { sendHostileLive } from './server/send-hostile-live.mjs';

const count = Number(argument('--count') ?? 1000);
const seed = Number(argument('--seed') ?? 1);

const server = await startChildServer(['--workers', '2'], { FACEMORPH_MAX_QUEUE: '8' });
try {
  const before = await server.memory();
  const result = await sendHostile(server.url, { count, seed });
  const pictures = await honestPictures(server.url, seed);
  const live = await sendHostileLive(server.url, { count, seed, pictures });
  const honest = await fetch(`${server.url}/v1/sample`);
  const report = {
    ...result,
    live,
    serving: honest.status === 200 && server.alive(),
    memoryMb: { before, after: await server.memory() },
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else {
    console.log(`${report.sent} hostile uploads, by answer: ${JSON.stringify(report.byStatus)}`);
    console.log(`${live.sent} live messages, by answer: ${JSON.stringify(live.byAnswer)}`);
    for (const crash of [...report.crashes, ...live.crashes])
      console.log(`  not refused in order: ${crash}`);
    console.log(`still serving: ${report.serving ? 'yes' : 'NO'}`);
    console.log(`memory ${before} MB before, ${report.memoryMb.after} MB after`);
  }
  const isSound = report.serving && report.crashes.length + live.crashes.length === 0;
  process.exitCode = isSound ? 0 : 1;
} finally {
  await server.stop();
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
function argument(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
