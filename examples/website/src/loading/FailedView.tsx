import type { ReactNode } from 'react';
import type { DescribedError } from '../model/describe-error.js';

interface FailedViewProps {
  readonly title: string;
  readonly error: DescribedError;
  readonly onRetry: () => void;
}

/** Something stopped the page: what happened, what to do, and another try. */
export function FailedView({ title, error, onRetry }: FailedViewProps): ReactNode {
  return (
    <main className="waiting" role="alert">
      <h2 className="failed-title">{title}</h2>
      <p className="waiting-text">{error.message}</p>
      {error.hint !== '' && <p className="failed-hint">{error.hint}</p>}
      <button type="button" className="button button-primary" onClick={onRetry}>
        Try again
      </button>
      <code className="failed-code">{error.code}</code>
    </main>
  );
}
