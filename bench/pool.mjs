// `npm run bench:pool`: how much faster two worker threads are than one, and how free the event loop
// stays while they work. Needs `npm run build` first. `--json` prints one JSON object; `--quick` takes
// 5 rounds, not 15; `--workers N` compares N threads with one.
// One and N threads take turns, so that what slows the machine down slows down both. Work of one thread that keeps
// more than one processor busy (libvips has threads of its own) cannot become N times as fast: so the processors that
// each pool kept busy are told, and a loop of whole numbers without memory says what the machine gives N threads.
import './help.mjs';
import { Worker } from 'node:worker_threads';
import { createPool } from '@facemorph/core/node';
import { latenessDuring } from './event-loop.mjs';
import { raisePriority } from './priority.mjs';
import { percentile, summarize } from './statistics.mjs';

/** @typedef {import('@facemorph/core/node').Pool} Pool */

/** Jobs of each kind in a round, for each worker of the larger pool. */
const JOBS = { edit: 4, encode: 12, decode: 48 };
raisePriority();
const quick = process.argv.includes('--quick');
const rounds = quick ? 5 : 15;
const workers = Number(argument('--workers') ?? 2);

const result = await measure();
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else print(result);

async function measure() {
  const one = await createPool({ workers: 1, maxQueue: 1000 });
  const many = await createPool({ workers, maxQueue: 1000 });
  const works = await makeWorks(one);
  /** @type {Record<string, { one: Time[], many: Time[] }>} */
  const times = Object.fromEntries(Object.keys(works).map((kind) => [kind, { one: [], many: [] }]));
  /** @type {number[]} */
  const ceiling = [];
  /** @type {number[]} */
  const lateness = [];
  for (let round = 0; round <= rounds; round++) {
    for (const [kind, work] of Object.entries(works)) {
      const count = JOBS[/** @type {keyof typeof JOBS} */ (kind)] * workers;
      const first = await timed(() => work(one), count);
      let second = { ms: 0, busy: 0 };
      const late = await latenessDuring(async () => {
        second = await timed(() => work(many), count);
      });
      // The first round compiles; it does not count.
      if (round === 0) continue;
      lateness.push(...late);
      times[kind]?.one.push(first);
      times[kind]?.many.push(second);
    }
    if (round > 0) ceiling.push(((await spin(1)) / (await spin(workers))) * workers);
  }
  const { backend } = many;
  const sorted = lateness.sort((a, b) => a - b);
  await Promise.all([one.dispose(), many.dispose()]);
  return {
    backend,
    workers,
    rounds,
    machineSpeedup: rounded(summarize(ceiling).median),
    kinds: Object.fromEntries(
      Object.entries(times).map(([kind, { one: a, many: b }]) => [kind, compare(a, b)]),
    ),
    eventLoopDelayMs: Object.fromEntries(
      [0.5, 0.99, 1].map((share) => [`p${share * 100}`, rounded(percentile(sorted, share))]),
    ),
  };
}

/**
 * A photo to edit and encode: a face sampled from the model, as a JPEG file.
 *
 * @param {Pool} pool
 * @returns {Promise<Record<keyof typeof JOBS, (pool: Pool) => Promise<unknown>>>}
 */
async function makeWorks(pool) {
  const [face] = await pool.sample({ seed: 7, file: { type: 'image/jpeg' } });
  const { picture, latent } = /** @type {NonNullable<typeof face>} */ (face);
  return {
    edit: (p) => p.edit(picture, { smiling: 2 }, { aligned: true, file: { type: 'image/jpeg' } }),
    encode: (p) => p.encode(picture, { aligned: true }),
    decode: (p) => p.decode([latent]),
  };
}

/**
 * Milliseconds for a job, and how many processors this process kept busy meanwhile.
 *
 * @typedef {{ ms: number, busy: number }} Time
 */

/**
 * @param {() => Promise<unknown>} work
 * @param {number} count
 * @returns {Promise<Time>}
 */
async function timed(work, count) {
  const start = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: count }, work));
  const { user, system } = process.cpuUsage(before);
  const ms = performance.now() - start;
  return { ms: ms / count, busy: (user + system) / 1000 / ms };
}

/**
 * Milliseconds until all of some threads have counted as far as each other.
 *
 * @param {number} threads
 */
async function spin(threads) {
  const code = `let n = 1;
    for (let i = 0; i < 3e8; i++) n = (Math.imul(n, 1103515245) + 12345) | 0;
    require('node:worker_threads').parentPort.postMessage(n);`;
  const start = performance.now();
  await Promise.all(
    Array.from(
      { length: threads },
      () =>
        new Promise((resolve, reject) =>
          new Worker(code, { eval: true }).once('message', resolve).once('error', reject),
        ),
    ),
  );
  return performance.now() - start;
}

/**
 * Milliseconds for a job, and how many times as fast the larger pool is: the median of the rounds'
 * ratios, and the best round's, when the machine was least disturbed.
 *
 * @param {Time[]} first
 * @param {Time[]} second
 */
function compare(first, second) {
  const one = first.map(({ ms }) => ms);
  const many = second.map(({ ms }) => ms);
  const ratios = one.map((ms, i) => ms / /** @type {number} */ (many[i]));
  return {
    oneBusy: rounded(summarize(first.map(({ busy }) => busy)).median),
    manyBusy: rounded(summarize(second.map(({ busy }) => busy)).median),
    oneMs: rounded(summarize(one).median),
    manyMs: rounded(summarize(many).median),
    speedup: rounded(summarize(ratios).median),
    bestOfOneMs: rounded(Math.min(...one)),
    bestOfManyMs: rounded(Math.min(...many)),
    bestSpeedup: rounded(Math.min(...one) / Math.min(...many)),
  };
}

/** @param {number} value */
function rounded(value) {
  return Math.round(value * 100) / 100;
}

/** @param {Awaited<ReturnType<typeof measure>>} result */
function print({ backend, kinds, machineSpeedup, eventLoopDelayMs: { p50, p99, p100 } }) {
  console.log(`${workers} worker threads against 1 on ${backend}, ${rounds} rounds, ms a job`);
  console.log('work     1 thread  more   speed-up   best: 1  more   speed-up  processors: 1  more');
  for (const [kind, row] of Object.entries(kinds)) {
    const cells = [row.oneMs, row.manyMs, row.speedup, row.bestOfOneMs, row.bestOfManyMs];
    const text = [...cells, row.bestSpeedup, row.oneBusy, row.manyBusy]
      .map((cell) => String(cell).padStart(8))
      .join(' ');
    console.log(`${kind.padEnd(8)}${text}`);
  }
  console.log(`${workers} threads of whole numbers: ${machineSpeedup} times as much as one`);
  console.log(`event loop delay under full load: p50 ${p50} ms, p99 ${p99} ms, max ${p100} ms`);
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
function argument(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
