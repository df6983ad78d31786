import { once } from 'node:events';
import { optionsFromEnvironment, startServer } from '@facemorph/server';
import { readNumber } from '../arguments.js';
import { type Command, defineCommand } from '../command.js';
import { modelArgs } from '../model.js';

/** `facemorph serve`: the same over HTTP and WebSocket, until Ctrl+C or SIGTERM. */
export const serve: Command = defineCommand({
  name: 'serve',
  description: 'Serve edits over HTTP and WebSocket; the API is described at /docs',
  args: {
    port: { type: 'string', alias: 'p', valueHint: '0-65535', description: 'Default: 8000' },
    host: {
      type: 'string',
      valueHint: 'address',
      description: 'Default: 127.0.0.1, this machine only',
    },
    workers: { type: 'string', valueHint: 'number', description: 'Default: one for each core' },
    log: { type: 'boolean', description: 'Write a JSON line for each request to stdout' },
    model: modelArgs.model,
    backend: modelArgs.backend,
  },
  arity: [0, 0],
  examples: ['serve', 'serve --port 9000 --workers 4 --log', 'serve --host 0.0.0.0'],
  async run({ options }, run) {
    const server = await run.time('load', () =>
      startServer({
        ...optionsFromEnvironment(process.env),
        port: readNumber(options.port, 'port', { least: 0, most: 65_535, whole: true }),
        host: options.host,
        ...pickWorkers(options.workers),
        ...(options.model === undefined ? {} : { model: options.model }),
        backend: options.backend as 'auto' | 'onnxruntime-node' | 'wasm' | undefined,
        log: Boolean(options.log),
      }),
    );
    const { url } = server;
    if (!options.quiet) {
      process.stderr.write(`facemorph serves ${url} (the API: ${url}/docs); Ctrl+C stops it\n`);
    }
    await endOf(run.task.signal);
    await server.close();
    return { data: { url }, notes: ['stopped'] };
  },
});

function pickWorkers(text: string | undefined): { workers?: number } {
  const workers = readNumber(text, 'workers', { least: 1, most: 64, whole: true });
  return workers === undefined ? {} : { workers };
}

/** Resolves at Ctrl+C, which the run hears, or SIGTERM. */
async function endOf(signal: AbortSignal | undefined): Promise<void> {
  const terminated = once(process, 'SIGTERM');
  if (!signal) await terminated;
  else if (!signal.aborted) await Promise.race([terminated, once(signal, 'abort')]);
}
