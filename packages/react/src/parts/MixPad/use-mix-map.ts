import type { Pixels } from '@facemorph/core';
import { useEffect, useState } from 'react';
import { type Mix, mixLatents } from '../../hooks/use-mix.js';

/** Faces in a row, and in a column, of the map. */
export const MAP_SIZE = 5;

const NONE: readonly Pixels[] = [];

/**
 * The faces between four, row by row, one more with each that is drawn. What goes wrong is left to
 * the picture of the mix, which meets it too.
 */
export function useMixMap({ model, corners }: Mix): readonly Pixels[] {
  const [drawn, setDrawn] = useState({ corners, pictures: NONE });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    async function draw(): Promise<void> {
      let pictures = NONE;
      for (let i = 0; model && corners && i < MAP_SIZE ** 2; i++) {
        const place = {
          x: (i % MAP_SIZE) / (MAP_SIZE - 1),
          y: Math.floor(i / MAP_SIZE) / (MAP_SIZE - 1),
        };
        const picture = await model.decode(mixLatents(corners, place), { signal });
        if (signal.aborted) return;
        pictures = [...pictures, picture];
        setDrawn({ corners, pictures });
      }
    }
    draw().catch(() => {});
    return () => controller.abort();
  }, [model, corners]);
  return drawn.corners === corners ? drawn.pictures : NONE;
}
