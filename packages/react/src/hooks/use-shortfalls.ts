import type { LiveEditor } from '@facemorph/core';
import { useEffect, useState } from 'react';
import type { FaceEdit } from './face-edit.js';

const NONE: Readonly<Record<string, number>> = {};
/** Less than this is not worth a word, in standard deviations. */
const NOTICEABLE = 0.1;

/** What a committed edit reached, for attributes where that is noticeably less than asked for. */
export function useShortfalls(
  live: LiveEditor | null,
  edit: FaceEdit,
): Readonly<Record<string, number>> {
  const [shortfalls, setShortfalls] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each edit is to be looked at
  useEffect(() => {
    if (!live) return;
    let current = true;
    // The editor takes the edit in an effect of the same render, just before this one.
    live.flush().then(
      () => {
        if (!current || !live.frame) return;
        const { strengths, reached } = live.frame;
        const short = Object.entries(strengths).filter(
          ([name, strength]) =>
            Math.abs(strength) - Math.abs(reached[name] ?? strength) > NOTICEABLE,
        );
        const found = short.map(([name]) => [name, reached[name] ?? 0]);
        setShortfalls(found.length === 0 ? NONE : Object.fromEntries(found));
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [live, edit]);
  return shortfalls;
}
