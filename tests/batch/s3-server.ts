import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../../bench/queue/redis.mjs';
import { requireOfExample } from './support.js';

/**
 * A real server that speaks S3, on this machine, with empty buckets; the `AWS_` variables lead to it.
 * It is a process of its own: its list tokens need a cipher that OpenSSL 3 has on demand only.
 */
export async function startS3(
  folder: string,
  buckets: readonly string[],
): Promise<() => Promise<void>> {
  const port = await freePort();
  const bin = join(requireOfExample.resolve('s3rver/package.json'), '..', 'bin', 's3rver.js');
  const child = spawn(
    process.execPath,
    [
      ...['--openssl-legacy-provider', bin, '--address', '127.0.0.1', '--port', String(port)],
      ...['--directory', folder, ...buckets.flatMap((name) => ['--configure-bucket', name])],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  // It logs every request: let it.
  child.stdout.resume();
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${port}`;
  process.env.AWS_REGION = 'us-east-1';
  process.env.AWS_ACCESS_KEY_ID = 'S3RVER';
  process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER';
  return async () => {
    child.kill();
    await once(child, 'exit');
  };
}
