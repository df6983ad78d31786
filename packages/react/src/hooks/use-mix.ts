import { Face, type FaceMorph, type Latent, type LiveEditor, lerp } from '@facemorph/core';
import { useMemo, useRef } from 'react';
import { useLatentSource } from './use-latent-source.js';
import { useLatest } from './use-latest.js';

/** The four corners of a mix: top left, top right, bottom left, bottom right. */
export type Corners = readonly [Face | Latent, Face | Latent, Face | Latent, Face | Latent];

/** A place on the pad: shares of the way to the right and down, 0..1. */
export interface MixPlace {
  readonly x: number;
  readonly y: number;
}

/** Options of {@link useMix}. */
export interface MixOptions {
  readonly model: FaceMorph | null;
  /** Keep the array the same between renders; `null` while there are none. */
  readonly corners: Corners | null;
  /** @defaultValue the middle */
  readonly defaultPlace?: MixPlace | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A mix of four faces. `getPlace` and `move` can be called at any time. */
export interface Mix {
  readonly model: FaceMorph | null;
  /** Pictures for a `FaceCanvas`. */
  readonly source: LiveEditor | null;
  readonly corners: Corners | null;
  /** Where it stands; changes without a render. */
  readonly getPlace: () => MixPlace;
  readonly move: (place: MixPlace) => void;
}

const MIDDLE: MixPlace = { x: 0.5, y: 0.5 };

/**
 * Mixes four faces by bilinear interpolation of their latents.
 *
 * @public
 */
export function useMix({ model, corners, defaultPlace = MIDDLE, onError }: MixOptions): Mix {
  const place = useRef(defaultPlace);
  const pointAt = useMemo(
    () =>
      corners &&
      (({ x = 0, y = 0 }: Readonly<Record<string, number>>) => mixLatents(corners, { x, y })),
    [corners],
  );
  const source = useLatentSource(model, pointAt, { ...place.current }, onError);
  const latest = useLatest(source);
  return useMemo(
    () => ({
      model,
      source,
      corners,
      getPlace: () => place.current,
      move: (next: MixPlace) => {
        place.current = next;
        latest.current?.setAll({ ...next });
      },
    }),
    [model, source, corners, latest],
  );
}

/** The latent at a place between four. */
export function mixLatents(corners: Corners, { x, y }: MixPlace): Latent {
  const [a, b, c, d] = corners.map((face) => (face instanceof Face ? face.latent : face)) as [
    Latent,
    Latent,
    Latent,
    Latent,
  ];
  return lerp(lerp(a, b, x), lerp(c, d, x), y);
}
