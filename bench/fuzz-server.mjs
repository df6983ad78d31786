// `npm run fuzz:server`: a server takes 1,000 hostile uploads and goes on serving. Needs `npm run build`
// first. `--count N` and `--seed N` choose others; `--json` prints one JSON object.
import { startChildServer } from './server/child-server.mjs';
import { sendHostile } from './server/send-hostile.mjs';

const count = Number(argument('--count') ?? 1000);
const seed = Number(argument('--seed') ?? 1);

const server = await startChildServer(['--workers', '2'], { FACEMORPH_MAX_QUEUE: '8' });
try {
  const before = await server.memory();
  const result = await sendHostile(server.url, { count, seed });
  const honest = await fetch(`${server.url}/v1/sample`);
  const report = {
    ...result,
    serving: honest.status === 200 && server.alive(),
    memoryMb: { before, after: await server.memory() },
  };
  if (process.argv.includes('--json')) console.log(JSON.stringify(report));
  else {
    console.log(`${report.sent} hostile uploads, by answer: ${JSON.stringify(report.byStatus)}`);
    for (const crash of report.crashes) console.log(`  not refused in order: ${crash}`);
    console.log(`still serving: ${report.serving ? 'yes' : 'NO'}`);
    console.log(`memory ${before} MB before, ${report.memoryMb.after} MB after`);
  }
  process.exitCode = report.serving && report.crashes.length === 0 ? 0 : 1;
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
