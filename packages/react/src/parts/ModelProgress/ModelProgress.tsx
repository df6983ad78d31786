import type { Progress } from '@facemorph/core';
import { type HTMLAttributes, type ReactNode, useRef } from 'react';
import type { FaceModel } from '../../hooks/use-face-model.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';
import { Problem } from '../Problem/Problem.js';

/** Props of {@link ModelProgress}, and of a `<div>`. */
export interface ModelProgressProps extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  /** What `useFaceModel` gave. */
  readonly state: FaceModel;
}

/**
 * How far the model has come, or why it did not and another try. Renders a `<div>`, or nothing
 * when the model is ready.
 *
 * State: `data-status` (`loading` or `failed`).
 */
export function ModelProgress({ state, className, ...rest }: ModelProgressProps): ReactNode {
  if (state.status === 'ready') return null;
  return (
    <div {...rest} className={classNames('fm-progress', className)} data-status={state.status}>
      {state.status === 'loading' ? (
        <Bar progress={state.progress} />
      ) : (
        <Failure error={state.error} onRetry={state.retry} />
      )}
    </div>
  );
}

function Bar({ progress }: { readonly progress: Progress | null }): ReactNode {
  const labels = useLabels();
  // Files overlap, so that a later phase can report before an earlier one has ended.
  const furthest = useRef(0);
  furthest.current = Math.max(furthest.current, progressShare(progress));
  const percent = Math.round(furthest.current * 100);
  const text = labels.progress(progress);
  return (
    <>
      <div
        className="fm-progress-bar"
        role="progressbar"
        aria-label={labels.loadingModel}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={text}
      >
        <span style={{ transform: `scaleX(${percent / 100})` }} />
      </div>
      <p className="fm-progress-text">{text}</p>
      <p className="fm-note">{labels.fetchedOnce}</p>
    </>
  );
}

function Failure(props: { readonly error: unknown; readonly onRetry: () => void }): ReactNode {
  const labels = useLabels();
  return (
    <>
      <p className="fm-progress-text">{labels.loadFailed}</p>
      <Problem error={props.error} />
      <button type="button" className="fm-button fm-button-primary" onClick={props.onRetry}>
        {labels.retry}
      </button>
    </>
  );
}

/** The part of the wait that is over, 0..1: the download is most of it. */
export function progressShare(progress: Progress | null): number {
  if (!progress) return 0;
  const part = progress.total > 0 ? Math.min(1, progress.loaded / progress.total) : 0;
  switch (progress.phase) {
    case 'download':
      return 0.8 * part;
    case 'verify':
      return 0.8 + 0.05 * part;
    default:
      return 0.85 + 0.15 * part;
  }
}
