/**
 * Takes items one after the other, some of them at a time. The first error ends it.
 *
 * @template T
 * @param {AsyncIterable<T> | Iterable<T>} items
 * @param {number} atOnce
 * @param {(item: T) => Promise<void>} take
 * @param {AbortSignal} [signal] No more are taken then; those under way are waited for.
 */
export async function inParallel(items, atOnce, take, signal) {
  const iterator =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let failed = false;
  const worker = async () => {
    while (!failed && !signal?.aborted) {
      const next = await iterator.next();
      if (next.done) return;
      try {
        await take(next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
