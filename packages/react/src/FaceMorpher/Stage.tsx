import { type HTMLAttributes, type ReactNode, useState } from 'react';
import type { FaceMorphState } from '../hooks/use-face-morph.js';
import { useOpenFile } from '../hooks/use-open-file.js';
import { useLabels } from '../labels/LabelsProvider.js';
import { CompareButton } from '../parts/CompareView/CompareButton.js';
import { Equation } from '../parts/Equation/Equation.js';
import { ExportMenu, type ExportMenuProps } from '../parts/ExportMenu/ExportMenu.js';
import { FaceCanvas, type FrameSource } from '../parts/FaceCanvas/FaceCanvas.js';
import { HistoryControls } from '../parts/HistoryControls/HistoryControls.js';
import { CameraButton } from '../parts/PhotoDrop/CameraButton.js';
import { PhotoButton } from '../parts/PhotoDrop/PhotoButton.js';
import { usePhotoDrop } from '../parts/PhotoDrop/use-photo-drop.js';
import { Problem } from '../parts/Problem/Problem.js';
import { OtherFaces } from './OtherFaces.js';

interface StageProps {
  readonly state: FaceMorphState;
  /** Shown in place of the edit. */
  readonly morph: FrameSource | null;
  readonly fileName: string | undefined;
  readonly camera: boolean;
  readonly video: ExportMenuProps['video'];
}

/** The print with its caption and tools; a picture may be dropped on it. */
export function Stage({ state, morph, fileName, camera, video }: StageProps): ReactNode {
  const { editor, openPhoto, error, setError, opening } = state;
  const labels = useLabels();
  const [comparing, setComparing] = useState(false);
  const { isOver, getDropProps } = usePhotoDrop(useOpenFile(state));
  const drop = getDropProps() as HTMLAttributes<HTMLElement>;

  return (
    <section className="fm-stage" aria-label={labels.picture} {...drop}>
      <figure className="fm-print" aria-busy={opening || undefined}>
        <FaceCanvas
          source={morph ?? editor.live}
          original={editor.original}
          comparing={comparing}
        />
        {isOver && <div className="fm-drop-hint">{labels.dropPhoto}</div>}
        {comparing && <span className="fm-badge">{labels.original}</span>}
        {error !== null && <Problem error={error} onDismiss={() => setError(null)} />}
        <figcaption className="fm-caption">
          <span role="status" className="fm-note">
            {opening && labels.openingPhoto}
          </span>
          {!opening && <Equation />}
        </figcaption>
      </figure>
      <OtherFaces state={state} />
      <div className="fm-stage-tools">
        <PhotoButton onPhoto={openPhoto} />
        {camera && <CameraButton onPhoto={openPhoto} />}
        <HistoryControls />
        <span className="fm-gap" />
        <CompareButton comparing={comparing} onCompare={setComparing} disabled={!editor.isEdited} />
        <ExportMenu onError={setError} fileName={fileName} video={video} />
      </div>
    </section>
  );
}
