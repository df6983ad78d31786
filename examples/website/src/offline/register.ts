/** Lets the built site work without a network from the next visit on, where the browser can. */
export async function registerServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // Refused in private windows and on plain http: the site then needs the network, as any other.
  await navigator.serviceWorker.register('./sw.js').catch(() => {});
}

/**
 * Keeps the engine and the rest of the model (21 MB, most of it fetched already) for work without a
 * network; not for those who asked to save data.
 */
export async function keepForOffline(): Promise<void> {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || connection?.saveData) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage('keep');
}
