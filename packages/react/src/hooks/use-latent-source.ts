import { type FaceMorph, type Latent, LiveEditor } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { useLatest } from './use-latest.js';

/** Where on a path or pad a picture is taken, each 0..1. */
export type Place = Readonly<Record<string, number>>;

/**
 * Pictures of points of the latent space that a place names: as in a drag of a slider, the newest
 * place wins and at most one decode is under way.
 */
export function useLatentSource(
  model: FaceMorph | null,
  pointAt: ((place: Place) => Latent) | null,
  start: Place,
  onError?: (error: unknown) => void,
): LiveEditor | null {
  const [created, setCreated] = useState<{ pointAt: unknown; source: LiveEditor } | null>(null);
  const report = useLatest(onError);
  const place = useLatest(start);

  useEffect(() => {
    if (!model || !pointAt) return;
    const source = new LiveEditor(
      {
        apply: (edits) => ({ latent: pointAt(edits as Place), strengths: {}, reached: {} }),
        decode: (latent, options) => model.decode(latent, options),
      },
      { onError: (error) => report.current?.(error) },
    );
    source.setAll(place.current);
    setCreated({ pointAt, source });
    return () => {
      setCreated(null);
      source.dispose();
    };
  }, [model, pointAt, place, report]);
  return created && created.pointAt === pointAt ? created.source : null;
}
