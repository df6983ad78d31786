import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request in place of the file. */
export type Answer = (response: ServerResponse, file: Buffer) => void;

/** A server of a model on this machine that can be told to misbehave. */
export interface FaultyServer {
  readonly url: string;
  /** How the file of that name is answered from now on. */
  break(file: string, answer: Answer): void;
  /** Every file is answered as it should be. */
  mend(): void;
  close(): Promise<void>;
}

/** Serves files by name. */
export async function startServer(files: ReadonlyMap<string, Buffer>): Promise<FaultyServer> {
  const broken = new Map<string, Answer>();
  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    const file = files.get(name);
    response.on('error', () => {});
    // Pages of another origin may load the model, too.
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (file === undefined) response.writeHead(404).end();
    else (broken.get(name) ?? whole)(response, file);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    break: (file, answer) => void broken.set(file, answer),
    mend: () => broken.clear(),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const whole: Answer = (response, file) => {
  response.writeHead(200, { 'Content-Length': file.length }).end(file);
};

const half = (file: Buffer): Buffer => file.subarray(0, file.length >> 1);

/** All that servers and lines do wrong: with the code for a file, and for the manifest if other. */
export const networkFaults: readonly {
  readonly name: string;
  readonly answer: Answer;
  readonly code: string;
  readonly manifestCode?: string;
}[] = [
  { name: 'connection reset', answer: (r) => r.socket?.resetAndDestroy(), code: 'NETWORK' },
  {
    name: 'cut in the middle',
    answer: (r, file) => {
      r.writeHead(200, { 'Content-Length': file.length }).write(half(file), () =>
        r.socket?.destroy(),
      );
    },
    code: 'NETWORK',
  },
  {
    name: 'ends early, as if whole',
    answer: (r, file) => r.writeHead(200).end(half(file)),
    code: 'MODEL_INTEGRITY',
    manifestCode: 'MANIFEST_INVALID',
  },
  {
    name: 'promises more than it sends',
    answer: (r, file) => {
      r.writeHead(200, { 'Content-Length': file.length + 10 }).write(file, () =>
        r.socket?.destroy(),
      );
    },
    code: 'NETWORK',
  },
  {
    name: 'sends more than the file',
    answer: (r, file) => r.writeHead(200).end(Buffer.concat([file, Buffer.from('}more')])),
    code: 'MODEL_INTEGRITY',
    manifestCode: 'MANIFEST_INVALID',
  },
  {
    name: 'a changed byte',
    answer: (r, file) => {
      const changed = Buffer.from(file);
      changed[0] = (changed[0] ?? 0) ^ 0x40;
      r.writeHead(200).end(changed);
    },
    code: 'MODEL_INTEGRITY',
    manifestCode: 'MANIFEST_INVALID',
  },
  {
    name: 'nothing',
    answer: (r) => r.writeHead(200, { 'Content-Length': 0 }).end(),
    code: 'MODEL_INTEGRITY',
    manifestCode: 'MANIFEST_INVALID',
  },
  {
    name: 'a page in its place',
    answer: (r) => r.writeHead(200).end('<!doctype html><title>Welcome</title>'),
    code: 'MODEL_INTEGRITY',
    manifestCode: 'MANIFEST_INVALID',
  },
  {
    name: 'a Git LFS pointer',
    answer: (r) => r.writeHead(200).end('version https://git-lfs.github.com/spec/v1\n'),
    code: 'MODEL_INTEGRITY',
    manifestCode: 'MANIFEST_INVALID',
  },
  { name: 'status 404', answer: (r) => r.writeHead(404).end('gone'), code: 'MODEL_NOT_FOUND' },
  { name: 'status 403', answer: (r) => r.writeHead(403).end('no'), code: 'NETWORK' },
  { name: 'status 500', answer: (r) => r.writeHead(500).end('oh'), code: 'NETWORK' },
  { name: 'status 503', answer: (r) => r.writeHead(503).end('later'), code: 'NETWORK' },
  {
    name: 'redirects in a circle',
    answer: (r) => r.writeHead(302, { Location: r.req.url ?? '/' }).end(),
    code: 'NETWORK',
  },
  {
    name: 'broken gzip',
    answer: (r, file) => r.writeHead(200, { 'Content-Encoding': 'gzip' }).end(file),
    code: 'NETWORK',
  },
  {
    name: 'no HTTP at all',
    answer: (r) => r.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'),
    code: 'NETWORK',
  },
  {
    name: 'slow, a piece at a time',
    answer: (r, file) => {
      r.writeHead(200, { 'Content-Length': file.length });
      const step = Math.ceil(file.length / 8);
      const send = (at: number): void => {
        if (at >= file.length) r.end();
        else r.write(file.subarray(at, at + step), () => setTimeout(send, 20, at + step));
      };
      send(0);
    },
    code: 'value',
  },
];

/** Sends half and then nothing more, for ever. */
export const stall: Answer = (response, file) => {
  response.writeHead(200, { 'Content-Length': file.length }).write(half(file));
};
