import type { ReactNode } from 'react';
import type { DescribedError } from '../model/describe-error.js';

interface FailedViewProps {
  readonly error: DescribedError;
  readonly onRetry: () => void;
}

/** The model did not load: what happened, what to do, and another try. */
export function FailedView({ error, onRetry }: FailedViewProps): ReactNode {
  return (
    <main className="waiting" role="alert">
      <h2 className="failed-title">The model did not load</h2>
      <p className="waiting-text">{error.message}</p>
      {error.hint !== '' && <p className="failed-hint">{error.hint}</p>}
      <button type="button" className="button button-primary" onClick={onRetry}>
        Try again
      </button>
      <code className="failed-code">{error.code}</code>
    </main>
  );
}
