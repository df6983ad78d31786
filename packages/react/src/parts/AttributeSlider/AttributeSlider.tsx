import type { Attribute } from '@facemorph/core';
import { memo, type NamedExoticComponent, type ReactNode, useId } from 'react';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';
import { type SliderScale, useAttributeSlider } from './use-attribute-slider.js';

/** Props of {@link AttributeSlider}. */
export interface AttributeSliderProps {
  readonly attribute: Pick<Attribute, 'name' | 'label' | 'range'>;
  /** The committed strength; while it is moved the slider shows its own. */
  readonly strength: number;
  /** Called at every move, outside of React's rendering. */
  readonly onPreview: (name: string, strength: number) => void;
  /** Called when a move comes to rest. */
  readonly onCommit: (name: string, strength: number) => void;
  /** Whether the attribute is locked: other edits leave it alone, and it cannot be moved. */
  readonly kept?: boolean;
  /** Turns the lock over; without it there is none. */
  readonly onToggleKeep?: ((name: string) => void) | undefined;
  /** The score of the face, to show where the average face stands from here. */
  readonly measured?: number | undefined;
  /** What its number says; `score` needs `measured`. @defaultValue `change` */
  readonly scale?: SliderScale;
  /** Labels of what else this attribute moves. */
  readonly alsoChanges?: readonly string[] | undefined;
  /** What was reached, if that is less than the strength. */
  readonly reached?: number | undefined;
  /** The label is already written elsewhere. */
  readonly hideLabel?: boolean;
  readonly className?: string;
}

const NOTHING: readonly string[] = [];

/**
 * One attribute: label, what else it changes, strength, lock, and a ruler with the zero (the face
 * as it is) and the average face. Renders a `<div>`.
 *
 * State: `data-attribute`, `data-edited`, `data-kept`, `data-short`.
 */
export const AttributeSlider: NamedExoticComponent<AttributeSliderProps> = /* @__PURE__ */ memo(
  function AttributeSlider(props: AttributeSliderProps): ReactNode {
    const { attribute, strength, kept = false, measured, scale, onPreview, onCommit } = props;
    const { alsoChanges = NOTHING, reached, hideLabel = false, onToggleKeep } = props;
    const { name, range } = attribute;
    const labels = useLabels();
    const label = labels.attribute(name, attribute.label);
    const noteId = useId();
    const { getRootProps, getInputProps, getOutputProps } = useAttributeSlider({
      name,
      label,
      range,
      strength,
      measured,
      scale,
      onPreview,
      onCommit,
    });
    const isShort = reached !== undefined;
    const also = alsoChanges.length > 0 ? labels.alsoChanges(alsoChanges) : '';
    const note = isShort ? labels.reached(reached) : also;

    return (
      <div
        {...getRootProps({ className: classNames('fm-slider', props.className) })}
        data-attribute={name}
        data-edited={strength !== 0 || undefined}
        data-kept={kept || undefined}
        data-short={isShort || undefined}
      >
        <div className="fm-slider-head">
          <span className={hideLabel ? 'fm-hidden' : 'fm-slider-label'} aria-hidden="true">
            {label}
          </span>
          <span className="fm-slider-note" id={noteId} title={note}>
            {note}
          </span>
          <output {...getOutputProps({ className: 'fm-slider-value' })} />
          {onToggleKeep && (
            <button
              type="button"
              className="fm-lock"
              aria-pressed={kept}
              aria-label={labels.keep(label)}
              title={kept ? labels.keptHint : labels.keepHint}
              onClick={() => onToggleKeep(name)}
            >
              <Icon name={kept ? 'locked' : 'unlocked'} />
            </button>
          )}
        </div>
        <div className="fm-track">
          <span className="fm-track-scale" aria-hidden="true">
            <span className="fm-track-fill" />
            <span className="fm-track-zero" />
            {measured !== undefined && <span className="fm-track-average" />}
          </span>
          <input
            {...getInputProps({
              disabled: kept,
              'aria-describedby': note ? noteId : undefined,
              title: kept ? undefined : labels.resetHint,
            })}
          />
        </div>
      </div>
    );
  },
);
