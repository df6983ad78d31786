import { type ReactNode, useRef } from 'react';
import { Icon } from '../icons/Icon.js';

/** Opens a picture from the visitor's machine. Renders a `<button>` and a hidden file input. */
export function PhotoButton({ onPhoto }: { readonly onPhoto: (file: File) => void }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className="button"
        title="Any photo with a face in it. It stays on this machine."
        onClick={() => input.current?.click()}
      >
        <Icon name="upload" />
        <span>Your face</span>
      </button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        aria-label="A picture of a face"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onPhoto(file);
        }}
      />
    </>
  );
}
