import type { FaceMorph } from '@facemorph/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import {
  type FaceRef,
  isSameFace,
  type StudioDocument,
  withLockToggled,
  withStrength,
} from './document.js';
import { formatHash, parseHash, randomSeed } from './hash.js';
import { commit, type History, redo, startHistory, undo } from './history.js';

/** What the visitor can do to the document; stable for the life of the page. */
export interface StudioActions {
  readonly setStrength: (name: string, strength: number) => void;
  readonly toggleLock: (name: string) => void;
  /** Shows another face, without edits; locks stay. */
  readonly showFace: (face: FaceRef) => void;
  /** Takes all edits and locks back. */
  readonly reset: () => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

/** The document with its history, mirrored in the URL's hash. */
export function useStudio(model: FaceMorph): {
  readonly history: History<StudioDocument>;
  readonly actions: StudioActions;
} {
  const ranges = useMemo(
    () => new Map(model.attributes.attributes.map(({ name, range }) => [name, range] as const)),
    [model],
  );
  const [history, setHistory] = useState(() =>
    startHistory(parseHash(location.hash, ranges, randomSeed())),
  );

  useEffect(() => {
    const hash = formatHash(history.present);
    if (location.hash !== hash) window.history.replaceState(null, '', hash);
  }, [history.present]);

  const change = useCallback((next: (document: StudioDocument) => StudioDocument) => {
    setHistory((now) => commit(now, next(now.present)));
  }, []);

  useEffect(() => {
    function followLink(): void {
      change((now) => {
        const seed = now.face.kind === 'sample' ? now.face.seed : randomSeed();
        return parseHash(location.hash, ranges, seed);
      });
    }
    addEventListener('hashchange', followLink);
    return () => removeEventListener('hashchange', followLink);
  }, [change, ranges]);

  const actions = useMemo<StudioActions>(
    () => ({
      setStrength: (name, strength) =>
        change((now) =>
          (now.strengths[name] ?? 0) === strength ? now : withStrength(now, name, strength),
        ),
      toggleLock: (name) => change((now) => withLockToggled(now, name)),
      showFace: (face) =>
        change((now) => (isSameFace(now.face, face) ? now : { ...now, face, strengths: {} })),
      reset: () => change((now) => ({ ...now, strengths: {}, locks: [] })),
      undo: () => setHistory(undo),
      redo: () => setHistory(redo),
    }),
    [change],
  );
  return { history, actions };
}
