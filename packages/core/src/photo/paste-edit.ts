import { fileOf, plainPixels, withFile } from '../image/picture-file.js';
import type { Pixels } from '../image/pixels.js';
import type { TaskOptions } from '../progress.js';
import { runInSlices, type Steps } from '../slices.js';
import type { Alignment } from './align.js';
import type { LabPlanes } from './oklab.js';
import { paste } from './paste.js';
import { cutSurroundings } from './surroundings.js';
import { type PasteMode, planTransfer, prepareTransfer, samePixels } from './transfer.js';

/** The model's pictures of a face, without and with the edit. */
export interface EditPictures {
  readonly before: Pixels;
  readonly after: Pixels;
}

/**
 * A photo with the edit of one face in it. An edit that changes nothing gives the photo itself.
 * @throws {FaceMorphError} `ABORTED`
 */
export async function pasteEdit(
  onto: Pixels,
  { pixels: aligned, transform, others }: Alignment,
  { before, after }: EditPictures,
  mode: PasteMode,
  options: TaskOptions = {},
): Promise<Pixels> {
  const photo = plainPixels(onto);
  if (mode === 'detail' && samePixels(before, after)) return photo;
  const { signal, onProgress } = options;
  return runInSlices(steps(), signal);

  function* steps(): Steps<Pixels> {
    const base = yield* prepareTransfer(aligned, before, others);
    const cutAround = (): Steps<LabPlanes> => cutSurroundings(photo, transform, aligned);
    const transfer = yield* planTransfer(base, after, mode, cutAround);
    return withFile(yield* paste(photo, transform, transfer, onProgress), fileOf(photo));
  }
}
