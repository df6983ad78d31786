import type { ReactNode } from 'react';
import { useLabels } from '../../labels/LabelsProvider.js';
import type { SliderScale } from '../AttributeSlider/use-attribute-slider.js';

interface LegendProps {
  readonly scale: SliderScale;
  readonly onScale: (scale: SliderScale) => void;
}

/**
 * What the marks of a slider mean, which screen readers skip, and a switch for what its number says.
 * Renders a `<div>`.
 */
export function Legend({ scale, onScale }: LegendProps): ReactNode {
  const labels = useLabels();
  const isScore = scale === 'score';
  return (
    <div className="fm-legend">
      <span aria-hidden="true">
        <i /> {labels.thisFace}
      </span>
      <span aria-hidden="true">
        <i className="fm-legend-average" /> {labels.averageFace}
      </span>
      <span aria-hidden="true">
        <i className="fm-legend-step" /> {labels.oneDeviation}
      </span>
      <button
        type="button"
        className="fm-legend-scale"
        aria-pressed={isScore}
        title={labels.scoresHint}
        onClick={() => onScale(isScore ? 'change' : 'score')}
      >
        {labels.scores}
      </button>
    </div>
  );
}
