import type { AddressInfo } from 'node:net';
import type { createServer } from '@facemorph/server';

export type Server = Awaited<ReturnType<typeof createServer>>;

/** Lets a server listen on a free port of this machine; gives its address. */
export async function listenOn(app: Server): Promise<string> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

/** A multipart form, for `inject`: buffers are files. */
export function form(fields: Readonly<Record<string, string | Buffer>>): {
  payload: Buffer;
  headers: Record<string, string>;
} {
  const parts = Object.entries(fields).map(([name, value]) => {
    const file = typeof value === 'string' ? '' : '; filename="file"';
    const head = `--XX\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return Buffer.concat([Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')]);
  });
  return {
    payload: Buffer.concat([...parts, Buffer.from('--XX--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=XX' },
  };
}

/** The numbers of a latent in an answer. */
export function latentOf(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** Jobs that run on a server. */
export async function runningOn(url: string): Promise<number> {
  return (await stateOf(url)).running;
}

/** Jobs that wait on a server. */
export async function waitingOn(url: string): Promise<number> {
  return (await stateOf(url)).waiting;
}

async function stateOf(url: string): Promise<{ running: number; waiting: number }> {
  const answer = await fetch(`${url}/readyz`);
  return (await answer.json()) as { running: number; waiting: number };
}
