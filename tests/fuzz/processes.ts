import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
}

/** A script of `processes/`, running. */
export interface Running {
  /** Resolves when it has said the word, or has ended without. */
  said(word: string): Promise<void>;
  readonly ended: Promise<Ended>;
  /** SIGKILL: it cannot tidy up. */
  kill(): void;
}

/**
 * Runs a script of `processes/` on the built packages.
 * @param blocks - Most blocks of 512 bytes that it may write to a file: a disk that is full.
 */
export function start(script: string, args: readonly string[], blocks?: number): Running {
  const path = fileURLToPath(new URL(`processes/${script}`, import.meta.url));
  const command = [process.execPath, path, ...args];
  const child: ChildProcess =
    blocks === undefined
      ? spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] })
      : spawn('sh', ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', ...command], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
  let stdout = '';
  const listeners = new Set<() => void>();
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const listener of listeners) listener();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout }));
  });
  const word = (wanted: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (stdout.includes(wanted)) resolve();
      };
      listeners.add(look);
      look();
    });
  return {
    said: (wanted) => Promise.race([word(wanted), ended.then(() => {})]),
    ended,
    kill: () => void child.kill('SIGKILL'),
  };
}
