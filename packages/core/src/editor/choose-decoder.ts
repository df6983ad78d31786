import { FaceMorphError } from '../errors.js';
import type { Pixels } from '../image/pixels.js';
import type { Latent } from '../latent/latent.js';
import { part } from '../part.js';
import type { BackendOptions } from '../runtime/options.js';
import { messageOf } from '../runtime/runtime-errors.js';
import { sharedTask } from '../runtime/shared-task.js';
import type { Decode, Decoders } from './live-decoder.js';
import type { LiveEditorSource } from './live-editor.js';

/**
 * How one live editor draws.
 *
 * @param base - The face that is edited.
 * @param view - Makes of a decoded face what is shown.
 */
export type LiveDrawing = (
  base: Latent,
  view: (decoded: Pixels) => Pixels | Promise<Pixels>,
) => Required<Pick<LiveEditorSource, 'decode' | 'refine'>>;

/**
 * Draws live frames with the exact decoder until an editor has shown its first, and then, if a trial
 * finds it faster, with the fast one. One trial serves all editors.
 *
 * @param onFallback - Hears why the fast one could not be tried.
 */
export function chooseDecoder(
  decoders: Decoders,
  onFallback: BackendOptions['onFallback'],
): LiveDrawing {
  let tryWith: Latent;
  const proven = sharedTask(async () => {
    const { anchored, isFaster } = await part(import('./live-decoder.js'));
    return (await isFaster(decoders, tryWith)) ? anchored : undefined;
  });

  return (base, view) => {
    let chosen: Decode | undefined;
    const choose = async (): Promise<void> => {
      try {
        tryWith ??= base;
        const anchored = await proven();
        if (anchored) chosen = await anchored(decoders, base);
      } catch (error) {
        if (error instanceof FaceMorphError && error.code === 'DISPOSED') return;
        onFallback?.({ from: 'decoder-int8', to: 'decoder', reason: messageOf(error) });
      }
    };
    return {
      async decode(latent, options) {
        const pixels = await view(await (chosen ?? decoders.exact)(latent, options));
        if (!chosen) {
          chosen = decoders.exact;
          void choose();
        }
        return pixels;
      },
      async refine(latent, options) {
        if (chosen === decoders.exact) return undefined;
        return view(await decoders.exact(latent, options));
      },
    };
  };
}
