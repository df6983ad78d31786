import { type ReactNode, useState } from 'react';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { lazyPart } from '../lazy-part.js';
import type { PhotoButtonProps } from './PhotoButton.js';

const CameraDialog = /* @__PURE__ */ lazyPart(
  async () => (await import('./CameraDialog.js')).CameraDialog,
);

/**
 * Takes a picture with the user's camera, which is off until the dialog is open and after it
 * closes. Renders a `<button>` and, while it is in use, a `<dialog>`.
 */
export function CameraButton({ onPhoto }: PhotoButtonProps): ReactNode {
  const labels = useLabels();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="fm-button fm-button-icon"
        aria-label={labels.camera}
        title={labels.camera}
        // Pressed again, it asks again for code that could not be had.
        onClick={() => setOpen(!open)}
      >
        <Icon name="camera" />
      </button>
      {open && <CameraDialog onPhoto={onPhoto} onClose={() => setOpen(false)} />}
    </>
  );
}
