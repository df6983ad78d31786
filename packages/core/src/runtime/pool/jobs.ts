/** What a thread does for each kind of job: FaceMorph's own calls, with plain data in and out. */
import type { EditedFace, Face } from '../../face.js';
import type { FaceMorph } from '../../face-morph.js';
import { decodeImage } from '../../image/codec.node.js';
import { encodeImage } from '../../image/output.js';
import type { Pixels } from '../../image/pixels.js';
import type { Photo } from '../../photo/photo.js';
import type { EncodeImageOptions, Provenance } from '../../platform/platform.js';
import type { PoolOpenOptions, PoolResult } from './pool-types.js';
import type { JobKind, Jobs, PortableFace } from './protocol.js';

/** Does one job. */
export type JobHandlers = {
  [K in JobKind]: (params: Jobs[K]['params'], signal: AbortSignal) => Promise<Jobs[K]['result']>;
};

/** The jobs of a pool on a loaded model. */
export function createJobs(fm: FaceMorph): JobHandlers {
  const openPhoto = async (
    picture: PortableFace,
    { maxPixels, ...options }: PoolOpenOptions,
    signal: AbortSignal,
  ): Promise<Photo> =>
    fm.open(await decodeImage(picture, { signal, maxPixels }), { ...options, signal });

  const openFace = async (
    face: PortableFace,
    open: PoolOpenOptions,
    signal: AbortSignal,
  ): Promise<{ face: Face; warnings: Photo['warnings'] }> =>
    face instanceof Float32Array
      ? { face: fm.face(face), warnings: [] }
      : openPhoto(face, open, signal);

  return {
    async encode({ picture, open }, signal) {
      const { pixels, face, located, warnings } = await openPhoto(picture, open, signal);
      const { width, height } = pixels;
      return { width, height, latent: face.latent, scores: face.measure(), located, warnings };
    },
    async decode({ latents, file }, signal) {
      const pictures = await fm.decodeAll(latents, { signal });
      return mapInOrder(pictures, (pixels) => deliver(pixels, file, 'generated'));
    },
    async edit({ face: from, open, edits, keep, mode, file }, signal) {
      const { face, warnings } = await openFace(from, open, signal);
      const edited: EditedFace = await face.edit(edits, { keep, mode, signal });
      const { latent, strengths, reached, provenance } = edited;
      const result = await deliver(await edited.pixels({ signal }), file, provenance);
      const before = face.measure();
      return { ...result, latent, before, strengths, reached, provenance, warnings };
    },
    async sample({ file, ...options }, signal) {
      const faces = await fm.sample({ ...options, signal });
      const latents = faces.map(({ latent }) => latent);
      const pictures = await fm.decodeAll(latents, { signal });
      return mapInOrder(pictures, async (pixels, index) => ({
        ...(await deliver(pixels, file, 'generated')),
        latent: latents[index]!,
      }));
    },
    async morph({ from, to, open, file, ...options }, signal) {
      const a = await openFace(from, open, signal);
      const b = await openFace(to, open, signal);
      const pictures = await fm.morph(a.face, b.face, { ...options, signal });
      return mapInOrder(pictures, (pixels) => deliver(pixels, file, 'generated'));
    },
  };
}

async function deliver(
  pixels: Pixels,
  file: EncodeImageOptions | undefined,
  provenance: Provenance,
): Promise<PoolResult<Pixels | Uint8Array>> {
  const { width, height } = pixels;
  const picture = file
    ? await encodeImage(pixels, { ...file, provenance: file.provenance ?? provenance })
    : pixels;
  return { picture, width, height };
}

async function mapInOrder<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) results.push(await work(item, index));
  return results;
}
