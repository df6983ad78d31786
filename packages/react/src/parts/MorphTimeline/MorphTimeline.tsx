import { type ReactNode, useEffect, useRef } from 'react';
import type { Morph } from '../../hooks/use-morph.js';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';

/** Props of {@link MorphTimeline}. */
export interface MorphTimelineProps {
  /** What `useMorph` gave. */
  readonly morph: Morph;
  readonly className?: string;
}

/**
 * Play button and position of a morph. Renders a `<div>` with a `<button>` and a range input.
 *
 * State: `data-playing`.
 */
export function MorphTimeline({ morph, className }: MorphTimelineProps): ReactNode {
  const labels = useLabels();
  const inputRef = useRef<HTMLInputElement>(null);
  const { playing, source } = morph;

  useEffect(() => {
    const show = (time: number): void => {
      const input = inputRef.current;
      if (!input) return;
      input.value = String(time);
      input.setAttribute('aria-valuetext', labels.percent(time));
      input.style.setProperty('--fm-at', String(time));
    };
    show(morph.getTime());
    return morph.subscribe(show);
  }, [morph, labels]);

  return (
    <div className={classNames('fm-timeline', className)} data-playing={playing || undefined}>
      <button
        type="button"
        className="fm-button fm-button-icon"
        aria-label={playing ? labels.pause : labels.play}
        title={playing ? labels.pause : labels.play}
        disabled={!source}
        onClick={playing ? morph.pause : morph.play}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <input
        ref={inputRef}
        type="range"
        min={0}
        max={1}
        step={0.005}
        defaultValue={morph.getTime()}
        disabled={!source}
        aria-label={labels.morphPosition}
        onChange={(event) => {
          if (playing) morph.pause();
          morph.seek(event.target.valueAsNumber);
        }}
      />
    </div>
  );
}
