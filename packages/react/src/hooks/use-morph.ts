import { Face, type FaceMorph, type Latent, type LiveEditor } from '@facemorph/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type MorphPath, pointOnPath } from './morph-path.js';
import { useLatentSource } from './use-latent-source.js';
import { useLatest } from './use-latest.js';

/** Options of {@link useMorph}. */
export interface MorphOptions extends MorphPath {
  readonly model: FaceMorph | null;
  /** Two or more faces to go through. Keep the array the same between renders. */
  readonly faces: readonly (Face | Latent)[];
  /** Of one way from the first to the last face, in ms. @defaultValue 2400 */
  readonly duration?: number | undefined;
  /** Where it starts, 0..1. @defaultValue 0 */
  readonly defaultTime?: number | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A morph between faces. Its functions never change. */
export interface Morph {
  /** Pictures for a `FaceCanvas`; `null` until there are two faces and a model. */
  readonly source: LiveEditor | null;
  readonly playing: boolean;
  /** Where it stands now, 0..1; changes without a render. */
  readonly getTime: () => number;
  /** Goes to a time, 0..1. */
  readonly seek: (time: number) => void;
  /** Plays to and fro until it is paused. */
  readonly play: () => void;
  readonly pause: () => void;
  /** Calls the listener with every new time. */
  readonly subscribe: (listener: (time: number) => void) => () => void;
}

/**
 * Morphs between faces: scrub or play. Neither renders React while it runs.
 *
 * @public
 * @example
 * ```tsx
 * const morph = useMorph({ model, faces });
 * return <><FaceCanvas source={morph.source} /><MorphTimeline morph={morph} /></>;
 * ```
 */
export function useMorph(options: MorphOptions): Morph {
  const { model, faces, path, easing, defaultTime = 0, onError } = options;
  const time = useRef(defaultTime);
  const [playing, setPlaying] = useState(false);
  const [listeners] = useState(() => new Set<(time: number) => void>());

  const pointAt = useMemo(() => {
    if (!model || faces.length < 2) return null;
    const keys = faces.map((face) => (face instanceof Face ? face.latent : face));
    const centre = model.attributes.latent.mean;
    return (place: Readonly<Record<string, number>>) =>
      pointOnPath(keys, place.time ?? 0, { path, easing }, centre);
  }, [model, faces, path, easing]);
  const source = useLatentSource(model, pointAt, { time: time.current }, onError);
  const latest = useLatest({ source, duration: options.duration ?? 2400 });

  const seek = useCallback(
    (next: number) => {
      time.current = Math.min(Math.max(next, 0), 1);
      latest.current.source?.set('time', time.current);
      for (const listener of listeners) listener(time.current);
    },
    [latest, listeners],
  );

  useEffect(() => {
    if (!playing) return;
    let direction = time.current < 1 ? 1 : -1;
    let before: number | undefined;
    let request = requestAnimationFrame(function step(now) {
      const elapsed = Math.min(now - (before ?? now), 100);
      before = now;
      seek(time.current + (direction * elapsed) / latest.current.duration);
      if (time.current === 0 || time.current === 1) direction = time.current === 0 ? 1 : -1;
      request = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(request);
  }, [playing, seek, latest]);

  const controls = useMemo(
    () => ({
      getTime: () => time.current,
      play: () => setPlaying(true),
      pause: () => setPlaying(false),
      subscribe: (listener: (time: number) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    }),
    [listeners],
  );
  return useMemo(() => ({ source, playing, seek, ...controls }), [source, playing, seek, controls]);
}
