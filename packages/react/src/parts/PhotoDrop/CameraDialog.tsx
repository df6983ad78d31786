import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useLabels } from '../../labels/LabelsProvider.js';
import type { PhotoButtonProps } from './PhotoButton.js';
import { takePicture } from './take-picture.js';

interface CameraDialogProps extends PhotoButtonProps {
  readonly onClose: () => void;
}

/** The dialog of a `CameraButton`; the camera is on while it is there. Renders a `<dialog>`. */
export function CameraDialog({ onPhoto, onClose }: CameraDialogProps): ReactNode {
  const labels = useLabels();
  const dialogRef = useRef<HTMLDialogElement>(null);
  const videoRef = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState(false);
  const [ready, setReady] = useState(false);

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
    close();
  }

  /** The browser gives the focus back to what opened the dialog, and tells `onClose`. */
  function close(): void {
    dialogRef.current?.close();
  }

  return (
    <dialog ref={dialogRef} className="fm-camera" aria-label={labels.camera} onClose={onClose}>
      {failed ? (
        <p role="alert">{labels.cameraFailed}</p>
      ) : (
        <video ref={videoRef} muted playsInline onPlaying={() => setReady(true)} />
      )}
      <div className="fm-tools">
        <button type="button" className="fm-button" onClick={close}>
          {labels.cancel}
        </button>
        <button
          type="button"
          className="fm-button fm-button-primary"
          disabled={failed || !ready}
          onClick={() => void take().catch(() => setFailed(true))}
        >
          {labels.takePicture}
        </button>
      </div>
    </dialog>
  );
}
