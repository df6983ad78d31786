import type { FaceMorph } from '@facemorph/core';
import { FaceCanvas, Problem, useFace, useFaceEditor } from '@facemorph/react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { NamedSliders } from '../../controls/NamedSliders.js';
// The astronaut Eileen Collins, photographed by NASA: public domain.
import portrait from './portrait.jpg';

const PHOTO = { photo: portrait };
const SLIDERS = ['smiling', 'blond_hair', 'young'];
const AT_FIRST = { strengths: { smiling: -2 }, keep: [] };

/** A photo, what the decoder makes of its face, and the photo with the change of it. */
export function PasteFigure({ model }: { readonly model: FaceMorph }): ReactNode {
  const ref = useRef<HTMLElement>(null);
  const { opened, error } = useFace(model, useSeen(ref) ? PHOTO : null);
  const face = opened?.face ?? null;
  const editor = useFaceEditor({ model, face, defaultValue: AT_FIRST });
  const drawn = useMemo(() => face && model.face(face.latent), [model, face]);
  const drawing = useFaceEditor({ model, face: drawn, value: editor.edit });

  return (
    <figure className="figure figure-loss" ref={ref}>
      <div className="print">
        <FaceCanvas source={null} original={editor.original} aria-label="The photo" />
        <div className="print-caption">Your photo</div>
      </div>
      <div className="print">
        <FaceCanvas source={drawing.live} aria-label="The face as the decoder draws it" />
        <div className="print-caption">What the decoder draws</div>
      </div>
      <div className="print">
        <FaceCanvas source={editor.live} aria-label="The photo with the change" />
        <div className="print-caption">Your photo and the change</div>
      </div>
      {error ? <Problem error={error} /> : null}
      <div className="figure-wide figure-sliders">
        <NamedSliders
          editor={editor}
          names={SLIDERS}
          onPreview={(name, strength) => {
            editor.preview(name, strength);
            drawing.preview(name, strength);
          }}
        />
      </div>
    </figure>
  );
}

/** Whether something has come near the screen: the encoder is not fetched for those who stop before. */
function useSeen(ref: { readonly current: Element | null }): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setSeen(true);
        observer.disconnect();
      },
      { rootMargin: '400px' },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [ref]);
  return seen;
}
