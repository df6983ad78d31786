import type { Attribute } from '@facemorph/core';
import { type CSSProperties, memo, type ReactNode } from 'react';
import { Icon } from '../icons/Icon.js';
import type { SliderBinding } from './slider-binding.js';
import { position } from './slider-scale.js';
import { useSlider } from './use-slider.js';
import { shownStrength, spokenStrength } from './value-text.js';

export interface AttributeSliderProps {
  readonly attribute: Attribute;
  /** The committed strength; while it is dragged the slider shows its own. */
  readonly strength: number;
  readonly locked: boolean;
  /** Where the average face stands from here, in strengths. */
  readonly average: number | undefined;
  readonly also: readonly string[];
  readonly binding: SliderBinding;
  /** The label is already written elsewhere. */
  readonly quiet?: boolean;
}

/**
 * One attribute: label, what else it changes, value, lock and the slider with its zero.
 * State shows as `data-edited` and `data-locked`.
 */
export const AttributeSlider = memo(function AttributeSlider(
  props: AttributeSliderProps,
): ReactNode {
  const { attribute, strength, locked, average, also, binding, quiet = false } = props;
  const { name, label, range } = attribute;
  const slider = useSlider({ name, label, range, strength, binding });
  const alsoText = also.length > 0 ? `also changes ${also.join(', ').toLowerCase()}` : '';
  const alsoId = `also-${name}`;
  const scale: Record<string, number> = {
    '--at': position(strength, range),
    '--zero': position(0, range),
    '--tick': 1 / (range[1] - range[0]),
  };
  if (average !== undefined) scale['--average'] = position(average, range);

  return (
    <div
      ref={slider.rootRef}
      className="slider"
      style={scale as CSSProperties}
      data-attribute={name}
      data-edited={strength !== 0 || undefined}
      data-locked={locked || undefined}
    >
      <div className="slider-head">
        <span className={quiet ? 'visually-hidden' : 'slider-label'}>{label}</span>
        <span className="slider-also" id={alsoId} title={alsoText}>
          {alsoText}
        </span>
        <output className="slider-value" ref={slider.outputRef} aria-hidden="true">
          {shownStrength(strength)}
        </output>
        <button
          type="button"
          className="lock"
          aria-pressed={locked}
          aria-label={`Keep ${label.toLowerCase()} as it is`}
          title={locked ? 'Kept: other edits leave it alone' : 'Keep as it is'}
          onClick={() => binding.toggleLock(name)}
        >
          <Icon name={locked ? 'locked' : 'unlocked'} />
        </button>
      </div>
      <div className="track">
        <span className="track-scale" aria-hidden="true">
          <span className="track-fill" />
          <span className="track-zero" />
          {average !== undefined && <span className="track-average" />}
        </span>
        <input
          ref={slider.inputRef}
          type="range"
          min={range[0]}
          max={range[1]}
          step={0.01}
          defaultValue={strength}
          disabled={locked}
          aria-label={label}
          aria-valuetext={spokenStrength(label, strength)}
          aria-describedby={alsoText ? alsoId : undefined}
          title={locked ? undefined : 'Double click or Escape: back to zero'}
          {...slider.inputProps}
        />
      </div>
    </div>
  );
});
