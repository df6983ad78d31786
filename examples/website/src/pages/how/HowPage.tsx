import type { FaceMorph } from '@facemorph/core';
import { ModelProgress } from '@facemorph/react';
import type { ReactNode } from 'react';
import { useShell } from '../../app/shell.js';
import { formatRoute } from '../../router/route.js';
import { AblationFigure } from './AblationFigure.js';
import { BetweenFigure } from './BetweenFigure.js';
import { LossFigure } from './LossFigure.js';
import { MatrixFigure } from './MatrixFigure.js';
import { PasteFigure } from './PasteFigure.js';
import { SumFigure } from './SumFigure.js';

/** A visual essay: each claim beside something to try it on, drawn by the model as it is read. */
export function HowPage(): ReactNode {
  const { model } = useShell();
  const figure = (draw: (model: FaceMorph) => ReactNode, first = false): ReactNode => {
    if (model.model) return draw(model.model);
    // How far the model has come is said once.
    return <div className="figure-waiting">{first && <ModelProgress state={model} />}</div>;
  };
  return (
    <article className="essay">
      <header>
        <h1>How a smile is added</h1>
        <p className="lead">
          Four steps: a photo becomes numbers, a sum is made, the numbers become a picture, and the
          picture’s change goes back into the photo. The model draws the faces below as you read, in
          this browser; stored are only a photo and what other models made of it.
        </p>
      </header>

      <section aria-labelledby="how-numbers">
        <h2 id="how-numbers">A face is 192 numbers</h2>
        <p>
          A network, the <em>encoder</em>, looks at a face of 128&nbsp;×&nbsp;128 pixels and writes
          down 192 numbers. A second one, the <em>decoder</em>, draws the face again from nothing
          but those. Both were trained together, as a variational autoencoder: whatever the numbers
          are, near zero there is a face. That makes room for arithmetic. Move a slider: in red,
          what is added to the numbers.
        </p>
        {figure(
          (ready) => (
            <SumFigure model={ready} />
          ),
          true,
        )}
      </section>

      <section aria-labelledby="how-between">
        <h2 id="how-between">Between two faces there is a face</h2>
        <p>
          Half of one picture and half of another is a double exposure. Half of one face’s numbers
          and half of another’s is somebody. <a href={formatRoute('morph')}>Morph</a> and{' '}
          <a href={formatRoute('mix')}>Mix</a> are no more than this.
        </p>
        {figure((ready) => (
          <BetweenFigure model={ready} />
        ))}
      </section>

      <section aria-labelledby="how-loss">
        <h2 id="how-loss">What counts as the same picture</h2>
        <p>
          A decoder learns from how wrong its pictures are. Measured by squared error, pixel by
          pixel, it is as bad to be a shade too bright as to lose every eyelash, and the safest
          drawing is a soft one. The multi-scale structural similarity (MS-SSIM) compares edges and
          contrast at several sizes instead. Both damaged pictures here have the same squared error.
          Only MS-SSIM knows which one is still the same face, and our decoder was trained with it.
        </p>
        {figure((ready) => (
          <LossFigure model={ready} />
        ))}
        <h3>Four faces, learned by three errors</h3>
        <p>
          So it is in training. From the same start the network learned on three times, by one error
          alone each time. By squared error, as in a plain autoencoder, PSNR is best while lashes,
          teeth and hair melt away. By MS-SSIM edges stay, with as much information in the numbers.
          MS-SSIM with a little absolute error (L1) loses little of either. None of the three is the
          decoder that you use here: it also learned from networks that know what looks real.
        </p>
        <AblationFigure />
      </section>

      <section aria-labelledby="how-matrix">
        <h2 id="how-matrix">Everything hangs together</h2>
        <p>
          Sort photos by smile and compare the means of both heaps: the difference is a direction
          that smiles, and with it come raised cheeks, make-up and youth, for that is how photos
          are. Each row raises one score; red moves up with it, blue moves down. Our sliders are
          solved for together: the most likely change of a face that raises this score and leaves
          the others where they are, except the few that belong to it. Locks in the{' '}
          <a href={formatRoute('edit')}>editor</a> go through the same solver and hold exactly.
        </p>
        {figure((ready) => (
          <MatrixFigure attributes={ready.attributes} />
        ))}
      </section>

      <section aria-labelledby="how-back">
        <h2 id="how-back">Back into the photo</h2>
        <p>
          The decoder’s picture is small, so it never replaces yours. It is drawn twice, before and
          after the edit; the difference of the two is enlarged, and your own pixels are moved and
          toned by it. Skin keeps its pores, hair keeps its strands, and outside head and hair not
          one pixel changes. At strength zero the result is your photo, bit for bit.
        </p>
        <p>
          <a className="fm-button fm-button-primary" href={formatRoute('edit')}>
            Try it on a photo
          </a>
        </p>
        {figure((ready) => (
          <PasteFigure model={ready} />
        ))}
      </section>
    </article>
  );
}
