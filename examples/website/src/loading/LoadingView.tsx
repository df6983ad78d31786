import type { Progress } from '@facemorph/core';
import { type ReactNode, useRef } from 'react';
import { progressShare, progressText } from './progress-text.js';

/** An empty print that fills as the model arrives. */
export function LoadingView({ progress }: { readonly progress: Progress | null }): ReactNode {
  // Phases overlap from file to file; the bar never goes back.
  const furthest = useRef(0);
  furthest.current = Math.max(furthest.current, progressShare(progress));
  const percent = Math.round(furthest.current * 100);
  return (
    <main className="waiting">
      <div className="print print-blank">
        <svg className="silhouette" viewBox="0 0 100 100" aria-hidden="true">
          <ellipse cx="50" cy="44" rx="21" ry="27" />
          <path d="M14 100c2-18 16-27 36-27s34 9 36 27z" />
        </svg>
      </div>
      <div
        className="progress"
        role="progressbar"
        aria-label="Loading the model"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={progressText(progress)}
      >
        <span style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      <p className="waiting-text">{progressText(progress)}</p>
      <p className="waiting-note">Fetched once, then kept by your browser.</p>
    </main>
  );
}
