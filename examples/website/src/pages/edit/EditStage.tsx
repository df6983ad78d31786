import {
  CameraButton,
  CompareButton,
  CompareView,
  Equation,
  ExportMenu,
  FaceCanvas,
  type FaceMorphState,
  HistoryControls,
  OtherFaces,
  PhotoButton,
  Problem,
  usePhotoDrop,
} from '@facemorph/react';
import { type HTMLAttributes, type ReactNode, useState } from 'react';
import { describeFaceRef, formatFaceRef } from '../../faces/face-ref.js';
import { refOf } from '../../faces/resolve-face.js';
import { Icon } from '../../icons/Icon.js';
import { formatRoute } from '../../router/route.js';
import { formatEditState } from './edit-state.js';

interface EditStageProps {
  readonly state: FaceMorphState;
  readonly photoName: string;
  readonly onPhoto: (file: File) => void;
  /** Shows another made-up face. */
  readonly onAnother: () => void;
}

/** The print, its caption and its tools; a picture may be dropped on it. */
export function EditStage({ state, photoName, onPhoto, onAnother }: EditStageProps): ReactNode {
  const { editor, source, error, setError, opening } = state;
  const [comparing, setComparing] = useState(false);
  const [split, setSplit] = useState(false);
  const { isOver, getDropProps } = usePhotoDrop(onPhoto);
  const drop = getDropProps() as HTMLAttributes<HTMLElement>;
  const face = 'face' in source ? source.face : undefined;
  const fit = opening ? undefined : state.face.opened?.face.quality?.fit;
  const warnings = state.face.opened?.photo?.warnings ?? [];
  const ref = face && refOf(face);
  const name = ref ? formatFaceRef(ref) : photoName;
  const title = ref ? describeFaceRef(ref) : photoName;

  return (
    <section className="stage" aria-label="Picture" {...drop}>
      <div className="stage-sources">
        <PhotoButton onPhoto={onPhoto} />
        <CameraButton onPhoto={onPhoto} />
        <button
          type="button"
          className="fm-button fm-button-icon"
          aria-label="Another made-up face"
          title="Another made-up face"
          onClick={onAnother}
        >
          <Icon name="dice" />
        </button>
        <span className="stage-name" title={title}>
          {title}
        </span>
        {fit !== undefined && (
          <span
            className="stage-fit"
            title={`The model knows a face like this better than ${percent(fit)} of faces`}
          >
            fit {percent(fit)}
          </span>
        )}
      </div>
      <figure className="print" aria-busy={opening || undefined}>
        {split ? (
          <CompareView />
        ) : (
          <FaceCanvas source={editor.live} original={editor.original} comparing={comparing} />
        )}
        {isOver && <div className="fm-drop-hint">Drop a photo</div>}
        {comparing && <span className="fm-badge">Original</span>}
        <figcaption>
          <span role="status">{opening && 'Looking for the face …'}</span>
          {!opening && <Equation />}
        </figcaption>
      </figure>
      <OtherFaces state={state} />
      {warnings.length > 0 && (
        <ul className="stage-warnings">
          {warnings.map(({ code, message, hint }) => (
            <li key={code}>
              <strong>{message}.</strong> {hint}
            </li>
          ))}
        </ul>
      )}
      {error !== null && <Problem error={error} onDismiss={() => setError(null)} />}
      <div className="stage-tools">
        <HistoryControls />
        <CompareButton
          comparing={comparing}
          onCompare={setComparing}
          disabled={split || !editor.isEdited}
        />
        <button
          type="button"
          className="fm-button fm-button-icon"
          aria-pressed={split}
          aria-label="Side by side"
          title="Side by side"
          onClick={() => setSplit(!split)}
        >
          <Icon name="split" />
        </button>
        <ExportMenu
          fileName={`facemorph-${fileNameOf(name)}`}
          linkOf={(edit) => linkOf(formatEditState(face, edit))}
          video={() => import('mediabunny')}
          onError={setError}
        />
      </div>
    </section>
  );
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function linkOf(state: string): string {
  const url = new URL(location.href);
  url.hash = formatRoute('edit', state);
  return url.href;
}

/** The name of a picture as part of a file name. */
function fileNameOf(name: string): string {
  return name.replace(/\.(jpe?g|png|webp|gif|avif|heic)$/i, '').replace(/[^\p{L}\p{N}_-]+/gu, '-');
}
