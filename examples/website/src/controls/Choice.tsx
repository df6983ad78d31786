import { type ReactNode, useId } from 'react';

interface ChoiceProps<Name extends string> {
  readonly title: string;
  readonly value: Name;
  readonly options: readonly (readonly [value: Name, label: string])[];
  readonly onChoose: (value: Name) => void;
}

/** One of a few, side by side. Renders a `<fieldset>` of radio buttons. */
export function Choice<Name extends string>(props: ChoiceProps<Name>): ReactNode {
  const { title, value, options, onChoose } = props;
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{title}</legend>
      <span className="choice-options">
        {options.map(([option, label]) => (
          <label key={option}>
            <input
              type="radio"
              name={name}
              checked={option === value}
              onChange={() => onChoose(option)}
            />
            <span>{label}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}
