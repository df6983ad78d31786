import type { Face, FaceMorph, Landmarks, Photo, PhotoWarning, Pixels } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { identityOf } from './identity.js';
import { useLatest } from './use-latest.js';

/** Where a face comes from. */
export type FaceSource =
  /** Made up by the model: the face number `index` of a seed. */
  | { readonly seed: number; readonly index?: number }
  /** A picture: File, Blob, URL, `Pixels` or what else `FaceMorph.open` takes. */
  | { readonly photo: unknown; readonly landmarks?: Landmarks }
  /** One that is there already, and the photo that it is in, where there are more to choose from. */
  | { readonly face: Face; readonly of?: Photo | undefined };

/** A face that is ready to be edited, with the picture it started as. */
export interface OpenedFace {
  readonly source: FaceSource;
  readonly face: Face;
  /** The photo itself where there is one, else the face as the model draws it. */
  readonly original: Pixels;
  /** The photo that it is in. */
  readonly photo?: Photo | undefined;
  /** What will make edits look worse than they could. */
  readonly warnings: readonly PhotoWarning[];
}

/** What {@link useFace} gives. */
export interface FaceState {
  /** The face; the one before stays until the next is ready. */
  readonly opened: OpenedFace | null;
  /** Whether another one is on its way. */
  readonly opening: boolean;
  /** Why the newest source gave no face. */
  readonly error: unknown;
}

/**
 * Opens a face. A source is compared by what it holds, so it may be written in place.
 *
 * @public
 * @example
 * ```tsx
 * const { opened, opening, error } = useFace(model, { photo: file });
 * ```
 */
export function useFace(model: FaceMorph | null, source: FaceSource | null): FaceState {
  const [opened, setOpened] = useState<{ by: FaceMorph; face: OpenedFace } | null>(null);
  const [settled, setSettled] = useState<{ key: unknown; error: unknown } | null>(null);
  const latest = useLatest(source);
  const key = source && sourceKey(source);

  useEffect(() => {
    const wanted = latest.current;
    if (!model || !wanted || key === null) return;
    const controller = new AbortController();
    openFace(model, wanted, controller.signal).then(
      (face) => {
        if (controller.signal.aborted) return;
        setOpened({ by: model, face });
        setSettled({ key, error: null });
      },
      (error: unknown) => {
        if (!controller.signal.aborted) setSettled({ key, error });
      },
    );
    return () => controller.abort();
  }, [model, key, latest]);

  const done = settled?.key === key;
  return {
    // A face of another model is gone with it.
    opened: model && source && opened?.by === model ? opened.face : null,
    opening: source !== null && !done,
    error: done ? (settled?.error ?? null) : null,
  };
}

/** Equal for sources that mean the same face. */
export function sourceKey(source: FaceSource): unknown {
  if ('seed' in source) return `${source.seed}/${source.index ?? 0}`;
  if ('face' in source) return source.face;
  const { photo, landmarks } = source;
  const named = Object(photo) === photo && !(photo instanceof URL);
  return `${named ? identityOf(photo as object) : photo} ${JSON.stringify(landmarks)}`;
}

/**
 * The face of a source: of a photo the largest that is found. A model that cannot look for faces
 * gets a photo without landmarks as an already cropped face.
 */
export async function openFace(
  model: FaceMorph,
  source: FaceSource,
  signal: AbortSignal,
): Promise<OpenedFace> {
  if ('photo' in source) {
    const { photo: input, landmarks } = source;
    const aligned = !landmarks && !model.canLocate;
    const photo = await model.open(input, { landmarks, aligned, signal });
    const { face, warnings } = photo;
    return { source, face, photo, original: await pictureOf(face, signal), warnings };
  }
  const face = 'face' in source ? source.face : await sampleFace(model, source, signal);
  const photo = 'face' in source ? source.of : undefined;
  return { source, face, photo, original: await pictureOf(face, signal), warnings: [] };
}

async function pictureOf(face: Face, signal: AbortSignal): Promise<Pixels> {
  return face.closeUp() ?? (await face.render({ signal }));
}

async function sampleFace(
  model: FaceMorph,
  { seed, index = 0 }: { readonly seed: number; readonly index?: number },
  signal: AbortSignal,
): Promise<Face> {
  const faces = await model.sample({ seed, count: index + 1, signal });
  return faces[index] as Face;
}
