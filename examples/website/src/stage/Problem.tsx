import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon.js';
import type { DescribedError } from '../model/describe-error.js';

interface ProblemProps {
  readonly error: DescribedError;
  readonly onDismiss: () => void;
}

/** Something did not work: what, and what to do about it. Renders a `<div role="alert">`. */
export function Problem({ error, onDismiss }: ProblemProps): ReactNode {
  return (
    <div className="problem" role="alert">
      <p>
        <strong>{error.message}</strong> {error.hint}
      </p>
      <button type="button" className="button button-icon" aria-label="Dismiss" onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}
