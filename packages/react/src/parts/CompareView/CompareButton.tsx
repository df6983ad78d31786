import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';

/** Props of {@link CompareButton}. */
export interface CompareButtonProps {
  readonly comparing: boolean;
  readonly onCompare: (comparing: boolean) => void;
  readonly disabled?: boolean;
}

/** Shows the original for as long as it is held, by pointer, Space or Enter. Renders a `<button>`. */
export function CompareButton({ comparing, onCompare, disabled }: CompareButtonProps): ReactNode {
  const labels = useLabels();
  function onKey(event: KeyboardEvent, pressed: boolean): void {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.repeat) onCompare(pressed);
  }
  return (
    <button
      type="button"
      className="fm-button"
      aria-pressed={comparing}
      title={labels.compare}
      disabled={disabled}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        onCompare(true);
      }}
      onPointerUp={() => onCompare(false)}
      onPointerCancel={() => onCompare(false)}
      onBlur={() => onCompare(false)}
      onKeyDown={(event) => onKey(event, true)}
      onKeyUp={(event) => onKey(event, false)}
      onContextMenu={(event) => event.preventDefault()}
    >
      <Icon name="compare" />
      <span>{labels.compare}</span>
    </button>
  );
}
