import type { HTMLAttributes, ReactNode } from 'react';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';
import { CameraButton } from './CameraButton.js';
import { PhotoButton } from './PhotoButton.js';
import { usePhotoDrop } from './use-photo-drop.js';

/** Props of {@link PhotoDrop}, and of a `<div>`. */
export interface PhotoDropProps extends HTMLAttributes<HTMLDivElement> {
  readonly onPhoto: (file: File) => void;
  /** Offers the camera. @defaultValue true */
  readonly camera?: boolean;
  /** What pictures may be dropped on, as well as the hint. */
  readonly children?: ReactNode;
}

/**
 * Takes a picture by drop, file dialog or camera. The picture goes to `onPhoto` and nowhere else.
 * Renders a `<div>`.
 *
 * State: `data-over` while a file hovers over it.
 */
export function PhotoDrop(props: PhotoDropProps): ReactNode {
  const { onPhoto, camera = true, children, className, ...rest } = props;
  const labels = useLabels();
  const { isOver, getDropProps } = usePhotoDrop(onPhoto);
  return (
    <div
      {...(getDropProps(rest as HTMLAttributes<HTMLElement>) as HTMLAttributes<HTMLDivElement>)}
      className={classNames('fm-drop', className)}
      data-over={isOver || undefined}
    >
      {children ?? <p className="fm-note">{labels.photoHint}</p>}
      <div className="fm-tools">
        <PhotoButton onPhoto={onPhoto} />
        {camera && <CameraButton onPhoto={onPhoto} />}
      </div>
      {isOver && <div className="fm-drop-hint">{labels.dropPhoto}</div>}
    </div>
  );
}
