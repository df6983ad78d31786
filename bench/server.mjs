// `npm run bench:server`: the server alone and at twice what it can do, with autocannon on this machine.
// Needs `npm run build` first. `--json` prints one JSON object; `--quick` loads for 6 s, not 30.
// What is asked for: a face cropped from a photo is edited and comes back as a JPEG, 128x128.
import './help.mjs';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { startChildServer } from './server/child-server.mjs';
import { percentile } from './statistics.mjs';

const quick = process.argv.includes('--quick');
const seconds = quick ? 6 : 30;
const workers = availableParallelism();
/** Of each gun at a fixed rate. */
const CONNECTIONS = 4;

const server = await startChildServer(['--workers', String(workers)]);
try {
  const result = await measure();
  if (process.argv.includes('--json')) console.log(JSON.stringify(result));
  else print(result);
} finally {
  await server.stop();
}

async function measure() {
  const body = await makeBody();
  // What runs for the first time is slower; it does not count.
  await shoot(body, { connections: workers, duration: quick ? 2 : 5 });
  const alone = await shoot(body, { connections: 1, duration: quick ? 4 : 10 });
  const full = await shoot(body, { connections: workers, duration: quick ? 4 : 10 });
  const capacity = full.accepted.length / full.seconds;
  const memoryBefore = await server.memory();
  const over = await shootAtRate(body, Math.max(Math.round(capacity * 2), 2), seconds);
  const unloaded = rounded(percentile(alone.accepted, 0.5));
  const p99 = rounded(percentile(over.accepted, 0.99));
  return {
    workers,
    unloadedMedianMs: unloaded,
    capacityPerSecond: rounded(capacity),
    picturesPerCoreSecond: rounded(capacity / workers),
    overload: {
      seconds,
      sentPerSecond: rounded((over.accepted.length + over.refused) / over.seconds),
      accepted: over.accepted.length,
      refused503: over.refused,
      lost: over.lost,
      medianMs: rounded(percentile(over.accepted, 0.5)),
      p99Ms: p99,
      p99ToUnloadedMedian: rounded(p99 / unloaded),
    },
    memoryMb: { before: memoryBefore, after: await server.memory() },
  };
}

async function makeBody() {
  const answer = await fetch(`${server.url}/v1/sample?seed=7`);
  const image = Buffer.from(await answer.arrayBuffer()).toString('base64');
  return JSON.stringify({ image, aligned: true, mode: 'face', edits: { smiling: 2 } });
}

/**
 * @typedef {object} Shots
 * @property {number[]} accepted Times in ms of what was accepted, sorted.
 * @property {number} refused How many were refused with 503.
 * @property {number} lost How many had any other end.
 * @property {number} seconds
 */

/**
 * Shoots `rate` times a second. autocannon lets each connection spend its second's requests at once, so
 * that a single gun would fire in salvos; many with a few connections each, one request a second from
 * each connection, started one after another, make a stream.
 *
 * @param {string} body
 * @param {number} rate
 * @param {number} duration In seconds.
 * @returns {Promise<Shots>}
 */
async function shootAtRate(body, rate, duration) {
  const guns = Math.ceil(rate / CONNECTIONS);
  const shots = await Promise.all(
    Array.from({ length: guns }, async (_, i) => {
      await sleep((i * 1000) / guns);
      const connections = Math.floor((rate * (i + 1)) / guns) - Math.floor((rate * i) / guns);
      return shoot(body, { connections, connectionRate: 1, duration });
    }),
  );
  return {
    accepted: shots.flatMap(({ accepted }) => accepted).sort((a, b) => a - b),
    refused: shots.reduce((sum, { refused }) => sum + refused, 0),
    lost: shots.reduce((sum, { lost }) => sum + lost, 0),
    seconds: duration,
  };
}

/**
 * @param {string} body
 * @param {{ connections: number, duration: number, connectionRate?: number }} options
 * @returns {Promise<Shots>}
 */
async function shoot(body, options) {
  /** @type {number[]} */
  const accepted = [];
  let refused = 0;
  let other = 0;
  const start = performance.now();
  const request = {
    url: `${server.url}/v1/edit`,
    method: /** @type {const} */ ('POST'),
    headers: { 'content-type': 'application/json' },
    body,
    timeout: 30,
  };
  const { errors, timeouts } = await new Promise((resolve, reject) => {
    const run = autocannon({ ...request, ...options }, (error, result) =>
      error ? reject(error) : resolve(result),
    );
    run.on('response', (_client, status, _bytes, milliseconds) => {
      if (status === 200) accepted.push(milliseconds);
      else if (status === 503) refused++;
      else other++;
    });
  });
  accepted.sort((a, b) => a - b);
  const took = (performance.now() - start) / 1000;
  return { accepted, refused, lost: other + errors + timeouts, seconds: took };
}

/** @param {number} value */
function rounded(value) {
  return Math.round(value * 100) / 100;
}

/** @param {Awaited<ReturnType<typeof measure>>} result */
function print({ overload, memoryMb, ...rest }) {
  console.log(`${workers} workers; alone: median ${rest.unloadedMedianMs} ms a picture`);
  console.log(
    `capacity ${rest.capacityPerSecond}/s, ${rest.picturesPerCoreSecond} pictures per core-second`,
  );
  console.log(
    `twice that for ${overload.seconds} s: ${overload.sentPerSecond}/s sent, ${overload.accepted} accepted, ${overload.refused503} refused with 503, ${overload.lost} lost`,
  );
  console.log(
    `accepted: median ${overload.medianMs} ms, p99 ${overload.p99Ms} ms = ${overload.p99ToUnloadedMedian} x the unloaded median`,
  );
  console.log(`memory ${memoryMb.before} MB before, ${memoryMb.after} MB after`);
}
