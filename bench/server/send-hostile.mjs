import { hostileUploads } from './hostile-uploads.mjs';

/** Requests that are under way at once. */
const AT_ONCE = 4;
/** Milliseconds without an answer that count as a hang. */
const PATIENCE = 30_000;

/**
 * Files that the server itself has made, to start from.
 *
 * @param {string} url
 * @param {number} seed
 * @returns {Promise<Uint8Array[]>}
 */
export function honestPictures(url, seed) {
  return Promise.all(
    ['jpeg', 'png', 'webp'].map(async (format) => {
      const answer = await fetch(`${url}/v1/sample?seed=${seed}&format=${format}`);
      return new Uint8Array(await answer.arrayBuffer());
    }),
  );
}

/**
 * Sends hostile requests to a server.
 *
 * @param {string} url
 * @param {{ count: number, seed?: number }} options
 * @returns {Promise<{ sent: number, byStatus: Record<string, number>, crashes: string[] }>}
 * `crashes` are those that were answered with an error of the server, or not at all.
 */
export async function sendHostile(url, { count, seed = 1 }) {
  const uploads = hostileUploads(await honestPictures(url, seed), seed);
  /** @type {Record<string, number>} */
  const byStatus = {};
  /** @type {string[]} */
  const crashes = [];
  let sent = 0;
  const client = async () => {
    while (sent < count) {
      const number = ++sent;
      const { kind, path, method, headers, body } = uploads.next().value;
      const status = await fetch(url + path, {
        ...{ method, headers, body },
        signal: AbortSignal.timeout(PATIENCE),
      }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        },
        (error) => String(error.cause?.code ?? error.name),
      );
      byStatus[status] = (byStatus[status] ?? 0) + 1;
      const refused = typeof status === 'number' && (status < 500 || status === 503);
      if (!refused) crashes.push(`${number} ${kind} ${path}: ${status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  return { sent, byStatus, crashes };
}
