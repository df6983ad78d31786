import type { ReactNode } from 'react';
import { describeError } from '../../hooks/describe-error.js';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';

/** Props of {@link Problem}. */
export interface ProblemProps {
  /** Anything that was thrown. */
  readonly error: unknown;
  readonly onDismiss?: (() => void) | undefined;
}

/** Something did not work: what, and what to do about it. Renders a `<div role="alert">`. */
export function Problem({ error, onDismiss }: ProblemProps): ReactNode {
  const labels = useLabels();
  const { message, hint, code } = describeError(error);
  return (
    <div className="fm-problem" role="alert" data-code={code}>
      <p>
        <strong>{message}</strong> {hint}
      </p>
      {onDismiss && (
        <button
          type="button"
          className="fm-button fm-button-icon"
          aria-label={labels.dismiss}
          onClick={onDismiss}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
