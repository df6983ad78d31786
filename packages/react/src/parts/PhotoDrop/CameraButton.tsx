import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import type { PhotoButtonProps } from './PhotoButton.js';
import { takePicture } from './take-picture.js';

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
      {open && <CameraDialog onPhoto={onPhoto} onClose={() => setOpen(false)} />}
    </>
  );
}

interface CameraDialogProps extends PhotoButtonProps {
  readonly onClose: () => void;
}

function CameraDialog({ onPhoto, onClose }: CameraDialogProps): ReactNode {
  const labels = useLabels();
  const dialogRef = useRef<HTMLDialogElement>(null);
  const videoRef = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    dialogRef.current?.showModal();
    let stream: MediaStream | undefined;
    let closed = false;
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    async function start(): Promise<void> {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } });
      if (closed || !videoRef.current) return stop();
      videoRef.current.srcObject = stream;
      await videoRef.current.play();
    }
    start().catch(() => {
      if (!closed) setFailed(true);
    });
    return () => {
      closed = true;
      stop();
    };
  }, []);

  async function take(): Promise<void> {
    if (!videoRef.current) return;
    onPhoto(await takePicture(videoRef.current));
    onClose();
  }

  return (
    <dialog ref={dialogRef} className="fm-camera" aria-label={labels.camera} onClose={onClose}>
      {failed ? (
        <p role="alert">{labels.cameraFailed}</p>
      ) : (
        <video ref={videoRef} muted playsInline />
      )}
      <div className="fm-tools">
        <button type="button" className="fm-button" onClick={onClose}>
          {labels.cancel}
        </button>
        <button
          type="button"
          className="fm-button fm-button-primary"
          disabled={failed}
          onClick={() => void take().catch(() => setFailed(true))}
        >
          {labels.takePicture}
        </button>
      </div>
    </dialog>
  );
}
