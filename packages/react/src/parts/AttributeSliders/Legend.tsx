import type { ReactNode } from 'react';
import { useLabels } from '../../labels/LabelsProvider.js';

/** What the marks of a slider mean. Renders a `<p>` that screen readers skip. */
export function Legend(): ReactNode {
  const labels = useLabels();
  return (
    <p className="fm-legend" aria-hidden="true">
      <span>
        <i /> {labels.thisFace}
      </span>
      <span>
        <i className="fm-legend-average" /> {labels.averageFace}
      </span>
      <span>
        <i className="fm-legend-step" /> {labels.oneDeviation}
      </span>
    </p>
  );
}
