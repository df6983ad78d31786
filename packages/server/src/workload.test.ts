import { beforeEach, expect, test } from 'vitest';
import { type Ticket, Workload } from './workload.js';

let time: number;
beforeEach(() => {
  time = 0;
});
const workload = (workers = 1): Workload => new Workload(workers, () => time);

/** Does one job of the kind at so many milliseconds a unit. */
function teach(work: Workload, kind: string, pace: number): void {
  const ticket = work.enter(kind, 10);
  ticket.start();
  time += pace * 10;
  ticket.end(true);
}

function start(work: Workload, kind: string, units: number): Ticket {
  const ticket = work.enter(kind, units);
  ticket.start();
  return ticket;
}

test('an idle thread: no wait, however long the others work', () => {
  const work = workload(2);
  expect(work.expectedWait()).toBe(0);
  teach(work, 'morph', 100);
  start(work, 'morph', 50);
  expect(work.expectedWait()).toBe(0);
});

test('the wait is that of the jobs ahead, by what their kinds take', () => {
  const work = workload();
  teach(work, 'edit', 20);
  teach(work, 'morph', 100);
  start(work, 'edit', 1);
  expect(work.expectedWait()).toBe(20);
  const morph = work.enter('morph', 30);
  expect(work.expectedWait()).toBe(3020);
  time += 15;
  expect(work.expectedWait()).toBe(3005);
  morph.end(false);
  expect(work.expectedWait()).toBe(5);
});

test('several threads share what waits', () => {
  const work = workload(2);
  teach(work, 'edit', 100);
  start(work, 'edit', 3);
  start(work, 'edit', 1);
  expect(work.expectedWait()).toBe(100);
  work.enter('edit', 4);
  expect(work.expectedWait()).toBe(300);
});

test('what takes longer than expected, or was never seen, may take as long again', () => {
  const work = workload();
  start(work, 'new', 1);
  expect(work.expectedWait()).toBe(0);
  time += 700;
  expect(work.expectedWait()).toBe(700);
});

test('follows a machine that becomes slower, and learns nothing from what was cut short', () => {
  const work = workload();
  teach(work, 'edit', 10);
  for (let i = 0; i < 30; i++) teach(work, 'edit', 50);
  const cut = start(work, 'edit', 1);
  time += 1;
  cut.end(false);
  start(work, 'edit', 1);
  expect(work.expectedWait()).toBeCloseTo(50, 0);
});
