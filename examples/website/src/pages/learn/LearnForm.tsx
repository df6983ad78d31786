import type { ReactNode } from 'react';

interface LearnFormProps {
  readonly label: string;
  readonly example: string;
  /** Whether there are faces enough. */
  readonly ready: boolean;
  /** What is there, or what is missing. */
  readonly standing: string;
  readonly onLabel: (label: string) => void;
  readonly onLearn: () => void;
}

/** The name of a slider and the button that learns it. Renders a `<form>`. */
export function LearnForm(props: LearnFormProps): ReactNode {
  const { label, example, ready, standing, onLabel, onLearn } = props;
  return (
    <form
      className="learn-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onLearn();
      }}
    >
      <label className="field">
        <span>Name</span>
        <input
          type="text"
          value={label}
          maxLength={40}
          placeholder={example}
          onChange={(event) => onLabel(event.target.value)}
        />
      </label>
      <button type="submit" className="fm-button fm-button-primary" aria-disabled={!ready}>
        Learn it
      </button>
      <p role="status">{standing}</p>
    </form>
  );
}
