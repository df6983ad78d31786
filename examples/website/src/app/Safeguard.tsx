import { Component, type ReactNode } from 'react';
import { FailedView } from '../loading/FailedView.js';
import { type DescribedError, describeError } from '../model/describe-error.js';

interface SafeguardState {
  readonly error: DescribedError | null;
}

/** Shows what went wrong in place of an empty page when drawing the page itself fails. */
export class Safeguard extends Component<{ readonly children: ReactNode }, SafeguardState> {
  override state: SafeguardState = { error: null };

  static getDerivedStateFromError(error: unknown): SafeguardState {
    return { error: describeError(error) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <FailedView
        title="The page has stopped"
        error={error}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
