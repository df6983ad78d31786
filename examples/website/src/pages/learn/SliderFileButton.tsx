import type { ReactNode } from 'react';
import { Icon } from '../../icons/Icon.js';

interface SliderFileButtonProps {
  readonly onFile: (file: File) => void;
}

/** Opens a slider that was saved earlier. Renders a `<label>` around a file input. */
export function SliderFileButton({ onFile }: SliderFileButtonProps): ReactNode {
  return (
    <label className="fm-button">
      <Icon name="open" />
      <span>Open a saved slider</span>
      <input
        type="file"
        className="hidden"
        accept=".json,application/json"
        aria-label="A slider file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
    </label>
  );
}
