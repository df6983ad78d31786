import type { Attribute, LiveEditor } from '@facemorph/core';
import { type ReactNode, useState } from 'react';
import type { DescribedError } from '../model/describe-error.js';
import type { StudioDocument } from '../session/document.js';
import type { History } from '../session/history.js';
import type { OpenFace } from '../session/use-face.js';
import type { StudioActions } from '../session/use-studio.js';
import { Equation } from './Equation.js';
import { FaceCanvas } from './FaceCanvas.js';
import { PhotoButton } from './PhotoButton.js';
import { Problem } from './Problem.js';
import { Toolbar } from './Toolbar.js';
import { usePhotoDrop } from './use-photo-drop.js';

interface StageProps {
  readonly attributes: readonly Attribute[];
  readonly editor: LiveEditor | null;
  readonly open: OpenFace | null;
  readonly history: History<StudioDocument>;
  readonly actions: StudioActions;
  readonly problem: DescribedError | null;
  /** What is going on while a picture is opened. */
  readonly opening: string | null;
  readonly onDismiss: () => void;
  readonly onUpload: (file: File) => void;
  readonly onSave: () => void;
}

/** The print in the middle with its caption and tools; a picture may be dropped on it. */
export function Stage(props: StageProps): ReactNode {
  const {
    attributes,
    editor,
    open,
    history,
    actions,
    problem,
    opening,
    onDismiss,
    onUpload,
    onSave,
  } = props;
  const { strengths, locks } = history.present;
  const [comparing, setComparing] = useState(false);
  const drop = usePhotoDrop(onUpload);
  const isEdited = Object.keys(strengths).length > 0;

  return (
    <section className="stage" aria-label="Picture" {...drop.props}>
      <figure className="print" data-comparing={comparing || undefined}>
        <FaceCanvas
          editor={editor}
          original={open?.original}
          comparing={comparing}
          description={comparing ? 'The face before the edit' : 'The edited face'}
        />
        {drop.isOver && <div className="drop-hint">Drop a photo</div>}
        {comparing && <span className="print-badge">Original</span>}
        <span className="print-badge" role="status" hidden={opening === null}>
          {opening}
        </span>
        {problem && <Problem error={problem} onDismiss={onDismiss} />}
        <figcaption className="print-caption">
          <Equation editor={editor} attributes={attributes} />
          <span className="print-name">{open ? nameOf(open) : ''}</span>
        </figcaption>
      </figure>
      <div className="stage-tools">
        <PhotoButton onPhoto={onUpload} />
        <Toolbar
          canUndo={history.past.length > 0}
          canRedo={history.future.length > 0}
          isEdited={isEdited || locks.length > 0}
          comparing={comparing}
          onUndo={actions.undo}
          onRedo={actions.redo}
          onReset={actions.reset}
          onCompare={setComparing}
          onDownload={onSave}
        />
      </div>
    </section>
  );
}

function nameOf({ ref }: OpenFace): string {
  return ref.kind === 'sample' ? `${ref.seed} / ${ref.index + 1}` : ref.name;
}
