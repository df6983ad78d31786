import { type ReactNode, useRef } from 'react';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';

/** Props of {@link PhotoButton}. */
export interface PhotoButtonProps {
  readonly onPhoto: (file: File) => void;
}

/** Opens a picture from the user's machine. Renders a `<button>` and a hidden file input. */
export function PhotoButton({ onPhoto }: PhotoButtonProps): ReactNode {
  const labels = useLabels();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="fm-button"
        title={labels.photoHint}
        onClick={() => input.current?.click()}
      >
        <Icon name="upload" />
        <span>{labels.choosePhoto}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label={labels.photoInput}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onPhoto(file);
        }}
      />
    </>
  );
}
