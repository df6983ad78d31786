import type { ReactNode } from 'react';

/** What the marks of a slider mean. */
export function Legend(): ReactNode {
  return (
    <p className="legend" aria-hidden="true">
      <span>
        <i /> this face
      </span>
      <span>
        <i className="legend-average" /> the average face
      </span>
      <span>
        <i className="legend-step" /> one standard deviation
      </span>
    </p>
  );
}
