import type { Attribute, LiveEditor } from '@facemorph/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useEditorOf } from '../../hooks/editor-context.js';
import type { FaceEditor } from '../../hooks/use-face-editor.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import type { Labels } from '../../labels/labels.js';

/** Props of {@link Equation}. */
export interface EquationProps {
  /** @defaultValue that of the nearest `FaceEditorProvider` */
  readonly editor?: FaceEditor;
}

/**
 * The edit as the arithmetic it is, such as "face +1.5 smile −0.8 beard"; follows a drag live.
 * Renders a `<p>` that screen readers skip: the sliders say the same.
 */
export function Equation({ editor }: EquationProps): ReactNode {
  const { live, attributes } = useEditorOf('Equation', editor);
  const labels = useLabels();
  const termsRef = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const write = (strengths: LiveStrengths): void =>
      termsRef.current?.replaceChildren(...terms(strengths, attributes, labels));
    write(live?.frame?.strengths ?? {});
    return live?.subscribe((frame) => write(frame.strengths));
  }, [live, attributes, labels]);

  return (
    <p className="fm-equation" aria-hidden="true">
      <span>{labels.face}</span>
      <span ref={termsRef} />
    </p>
  );
}

type LiveStrengths = NonNullable<LiveEditor['frame']>['strengths'];

function terms(
  strengths: LiveStrengths,
  attributes: readonly Attribute[],
  labels: Labels,
): Element[] {
  const names = new Map(
    attributes.map(({ name, label }) => [name, labels.term(labels.attribute(name, label))]),
  );
  return Object.entries(strengths)
    .map(([name, strength]) => [names.get(name) ?? name, labels.shown(strength)] as const)
    .filter(([, amount]) => amount !== labels.shown(0))
    .map(([label, amount]) => {
      const element = document.createElement('span');
      element.className = 'fm-term';
      const number = document.createElement('b');
      number.dir = 'ltr';
      number.textContent = amount;
      element.append(number, ` ${label}`);
      return element;
    });
}
