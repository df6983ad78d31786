import { Equation, FaceCanvas, type FaceEditor } from '@facemorph/react';
import type { ReactNode } from 'react';

/** The face of an editor as its sliders move, and what is added to it. */
export function LivePrint({ editor }: { readonly editor: FaceEditor }): ReactNode {
  return (
    <div className="print">
      <FaceCanvas source={editor.live} original={editor.original} />
      <div className="print-caption">
        <Equation editor={editor} />
      </div>
    </div>
  );
}
