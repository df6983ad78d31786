import {
  Equation,
  FaceCanvas,
  type FaceEdit,
  ModelProgress,
  PhotoButton,
  Problem,
  useFaceEditor,
} from '@facemorph/react';
import { type ReactNode, useState } from 'react';
import { useShell } from '../../app/shell.js';
import { NamedSliders } from '../../controls/NamedSliders.js';
import { FIRST_FACE } from '../../faces/face-ref.js';
import { useFaces } from '../../faces/use-faces.js';
import { formatRoute } from '../../router/route.js';
import { CopyLine } from './CopyLine.js';

const SLIDERS = ['smiling', 'blond_hair', 'young', 'eyeglasses'];
/** A sum is in sight from the start. */
const FIRST_EDIT: FaceEdit = { strengths: { smiling: 1.5 }, keep: [] };

/** The promise, and a face on which it can be tried at once. */
export function Hero(): ReactNode {
  const { model, editPhoto } = useShell();
  const [face = null] = useFaces(model.model, [FIRST_FACE]);
  const [error, setError] = useState<unknown>(null);
  const editor = useFaceEditor({
    model: model.model,
    face,
    defaultValue: FIRST_EDIT,
    onError: setError,
  });

  return (
    <section className="page hero">
      <h1>A face is a point. Move it.</h1>
      <figure className="print hero-print">
        <FaceCanvas source={editor.live} original={editor.original} />
        <figcaption>
          <Equation editor={editor} />
        </figcaption>
      </figure>
      <div className="hero-sliders">
        {model.status !== 'ready' && <ModelProgress state={model} />}
        {error !== null && <Problem error={error} onDismiss={() => setError(null)} />}
        <NamedSliders editor={editor} names={SLIDERS} measured />
      </div>
      <div className="hero-words">
        <p className="lead">
          FaceMorph changes faces by arithmetic: it writes a face as 192 numbers, adds a smile, and
          draws it again. All of it runs here, in this tab, in real time.
        </p>
        <div className="hero-actions">
          <PhotoButton onPhoto={editPhoto} />
          <a className="fm-button" href={formatRoute('how')}>
            How it works
          </a>
        </div>
        <CopyLine text="npm install @facemorph/react" />
      </div>
    </section>
  );
}
