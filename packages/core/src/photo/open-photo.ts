/** From a picture to encoded faces. Loaded with the first photo: generated faces need none of it. */
import { platform } from '#platform';
import type { AttributeSet } from '../attributes/types.js';
import { FaceMorphError, invalidArgument, throwIfAborted } from '../errors.js';
import type { Face, FaceOrigin } from '../face.js';
import type { Pixels } from '../image/pixels.js';
import type { Latent } from '../latent/latent.js';
import type { ModelManifest } from '../model/manifest-types.js';
import type { TaskOptions } from '../progress.js';
import type { FacePlace } from '../recipe/types.js';
import { runInSlices } from '../slices.js';
import { type Alignment, alignSteps } from './align.js';
import { alignSquare } from './aligned-square.js';
import { createCloseUps } from './close-up.js';
import { faceFrame } from './face-frame.js';
import { fitOf } from './fit.js';
import { assertLandmarks, type Landmarks } from './landmarks.js';
import type { LocatedFace } from './locator.js';
import { Photo } from './photo.js';
import { measureQuality, type PhotoWarning, qualityWarnings } from './quality.js';
import { applySimilarity } from './similarity.js';

/** Options of `FaceMorph.open`. Faces are searched for unless one of them says where the face is. */
export interface OpenOptions extends TaskOptions {
  /** Which of the faces found: the largest first, from 0. @defaultValue `'largest'` */
  readonly face?: 'largest' | 'all' | number | undefined;
  /** The picture already is an aligned face, square or to be cropped to its middle square. */
  readonly aligned?: boolean | undefined;
  /** Where the face is. */
  readonly landmarks?: Landmarks | undefined;
}

/** What opening a photo needs of a loaded model. */
export interface PhotoReader {
  readonly manifest: ModelManifest;
  /** Of encoded faces. */
  readonly distribution: AttributeSet['latent'];
  /** Begins to load the encoder, which `encode` then waits for. */
  prepare(options: TaskOptions): void;
  locate(photo: Pixels, options: TaskOptions): Promise<readonly LocatedFace[]>;
  encode(aligned: Pixels, options: TaskOptions): Promise<Latent>;
  face(latent: Latent, origin: FaceOrigin): Face;
}

/** Reads a picture, finds its faces, aligns and encodes them. @throws as `FaceMorph.open` */
export async function openPhoto(
  reader: PhotoReader,
  input: unknown,
  options: OpenOptions,
): Promise<Photo> {
  const pixels = await platform.decodeImage(input, options);
  throwIfAborted(options.signal);
  // The largest file: it can come while the face is searched for.
  reader.prepare({ signal: options.signal });
  const { located, aligned } = await alignFaces(reader, pixels, options);
  const faces: Face[] = [];
  const warnings: PhotoWarning[] = [];
  for (const { alignment, place, confidence } of aligned) {
    const latent = await reader.encode(alignment.pixels, options);
    const fit = fitOf(reader.distribution, latent);
    const landmarks = 'landmarks' in place ? place.landmarks : undefined;
    const quality = { ...measureQuality(alignment, landmarks), fit };
    warnings.push(...qualityWarnings(quality, confidence));
    const { closeUp, prepare } = createCloseUps(pixels, alignment);
    if (platform.name === 'browser') await prepare(options.signal);
    faces.push(reader.face(latent, { photo: pixels, alignment, place, quality, closeUp }));
  }
  return new Photo(pixels, faces, located, warnings);
}

interface AlignedFace {
  readonly alignment: Alignment;
  readonly place: FacePlace;
  /** Of the locator; absent when the caller said where the face is. */
  readonly confidence?: number;
}

async function alignFaces(
  reader: PhotoReader,
  photo: Pixels,
  options: OpenOptions,
): Promise<{ located: readonly LocatedFace[]; aligned: AlignedFace[] }> {
  const { aligned, landmarks, face = 'largest' } = options;
  const { image, template: points } = reader.manifest;
  const template = { ...image, points };
  const size = { width: photo.width, height: photo.height };
  const align = (points: Landmarks): Promise<Alignment> =>
    runInSlices(alignSteps(photo, points, template), options.signal);
  if (landmarks) {
    if (aligned) throw invalidArgument('either of the two', 'aligned and landmarks', 'both');
    assertLandmarks(landmarks, photo);
    const alignment = await align(landmarks);
    return { located: [], aligned: [{ alignment, place: { photo: size, landmarks } }] };
  }
  if (aligned) {
    const alignment = alignSquare(photo, template);
    return { located: [], aligned: [{ alignment, place: { photo: size, aligned: true } }] };
  }
  assertFaceChoice(face);
  const located = await reader.locate(photo, options);
  const chosen = chooseFaces(located, face);
  const found: AlignedFace[] = [];
  for (const face of chosen) {
    const { landmarks, box, confidence } = face;
    const alignment = await align(landmarks);
    const others = located
      .filter((other) => other !== face)
      .map(({ landmarks }) => {
        const moved = landmarks.map((point) => applySimilarity(alignment.transform, point));
        return faceFrame(moved, points);
      });
    found.push({
      alignment: { ...alignment, others },
      place: { photo: size, landmarks, box },
      confidence,
    });
  }
  return { located, aligned: found };
}

function assertFaceChoice(face: NonNullable<OpenOptions['face']>): void {
  if (face === 'largest' || face === 'all') return;
  if (Number.isInteger(face) && face >= 0) return;
  throw invalidArgument("'largest', 'all' or a whole number from 0", 'face', face);
}

function chooseFaces(
  located: readonly LocatedFace[],
  face: NonNullable<OpenOptions['face']>,
): readonly LocatedFace[] {
  if (located.length === 0) {
    throw new FaceMorphError('NO_FACE', 'No face was found in this picture', {
      hint: 'Use a photo in which a face is larger and seen from the front.',
    });
  }
  if (face === 'all') return located;
  const index = face === 'largest' ? 0 : face;
  const chosen = located[index];
  if (chosen) return [chosen];
  throw new FaceMorphError(
    'NO_FACE',
    `There is no face ${index} among the ${located.length} found`,
    {
      hint: `Faces count from 0, the largest first: 0 to ${located.length - 1}.`,
      details: { face: index, found: located.length },
    },
  );
}
