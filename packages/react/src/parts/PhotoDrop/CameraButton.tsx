import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import type { PhotoButtonProps } from './PhotoButton.js';

const CameraDialog = /* @__PURE__ */ lazy(async () => ({
  default: (await import('./CameraDialog.js')).CameraDialog,
}));

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
        onClick={() => setOpen(true)}
      >
        <Icon name="camera" />
      </button>
      {open && (
        <Suspense>
          <CameraDialog onPhoto={onPhoto} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
