// The server of the container: its limits come from FACEMORPH_* variables, see @facemorph/server.
import { optionsFromEnvironment, startServer } from '@facemorph/server';

const server = await startServer({
  ...optionsFromEnvironment(process.env),
  host: process.env.HOST ?? '0.0.0.0',
  port: Number(process.env.PORT ?? 8000),
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, () => server.close());
}
