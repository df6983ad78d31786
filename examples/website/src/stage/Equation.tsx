import type { Attribute, LiveEditor } from '@facemorph/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { shownStrength } from '../sliders/value-text.js';

interface EquationProps {
  readonly editor: LiveEditor | null;
  readonly attributes: readonly Attribute[];
}

/** The edit as the arithmetic it is, such as "face +1.5 smile −0.8 beard"; follows a drag live. */
export function Equation({ editor, attributes }: EquationProps): ReactNode {
  const termsRef = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const labels = new Map(attributes.map(({ name, label }) => [name, label.toLowerCase()]));
    function write(strengths: Readonly<Record<string, number>>): void {
      const terms = Object.entries(strengths)
        .filter(([, strength]) => shownStrength(strength) !== '0')
        .map(([name, strength]) => term(shownStrength(strength), labels.get(name) ?? name));
      termsRef.current?.replaceChildren(...terms);
    }
    write({});
    return editor?.subscribe((frame) => write(frame.strengths));
  }, [editor, attributes]);

  return (
    <p className="equation" aria-hidden="true">
      <span className="equation-face">face</span>
      <span ref={termsRef} />
    </p>
  );
}

function term(amount: string, label: string): HTMLElement {
  const element = document.createElement('span');
  element.className = 'equation-term';
  const number = document.createElement('b');
  number.textContent = amount;
  element.append(number, ` ${label}`);
  return element;
}
