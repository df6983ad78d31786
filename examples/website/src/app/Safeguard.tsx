import { Problem } from '@facemorph/react';
import { Component, type ReactNode } from 'react';

interface SafeguardState {
  readonly failure: { readonly error: unknown } | null;
}

/** Shows what went wrong in place of an empty page when drawing the page itself fails. */
export class Safeguard extends Component<{ readonly children: ReactNode }, SafeguardState> {
  override state: SafeguardState = { failure: null };

  static getDerivedStateFromError(error: unknown): SafeguardState {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return (
      <div className="page page-waiting">
        <Problem error={failure.error} />
        <button
          type="button"
          className="fm-button fm-button-primary"
          // Code that could not be had is asked for again by a new page only.
          onClick={() => location.reload()}
        >
          Reload the page
        </button>
      </div>
    );
  }
}
