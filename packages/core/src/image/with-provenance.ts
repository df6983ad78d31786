import { part } from '../part.js';
import type { Provenance } from '../platform/platform.js';

/**
 * A picture or video file that says how it was made, in XMP: for files that are written elsewhere, such as
 * animations. What FaceMorph writes itself is marked already.
 *
 * @param bytes - A PNG, JPEG, WebP or GIF, animated or not, or an MP4.
 * @param provenance - `edited` for a changed photo, `generated` for a picture that the model drew.
 */
export async function withProvenance(
  bytes: Uint8Array,
  type: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif' | 'video/mp4',
  provenance: Provenance,
): Promise<Uint8Array> {
  const { markProvenance } = await part(import('./xmp.js'));
  return markProvenance(bytes, type, provenance);
}
