import { createPixels, type FaceMorph, type Pixels } from '@facemorph/core';
import { FaceCanvas, Thumbnail, useMorph } from '@facemorph/react';
import { type ReactNode, useEffect, useState } from 'react';
import { faceRef } from '../../faces/face-ref.js';
import { useFaces } from '../../faces/use-faces.js';

const FACES = [faceRef(7, 9), faceRef(7, 4)];

/** The way between two faces, once through pixels and once through the latent space. */
export function BetweenFigure({ model }: { readonly model: FaceMorph }): ReactNode {
  const faces = useFaces(model, FACES);
  const [time, setTime] = useState(0.5);
  const [ends, setEnds] = useState<readonly Pixels[]>([]);
  const morph = useMorph({ model, faces, defaultTime: 0.5, easing: 'linear' });

  useEffect(() => {
    let current = true;
    Promise.all(faces.map((face) => face.render())).then(
      (pictures) => {
        if (current) setEnds(pictures);
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [faces]);

  const [from, to] = ends;
  return (
    <figure className="figure figure-pair">
      <div className="print">
        <Thumbnail pixels={from && to && crossfade(from, to, time)} />
        <div className="print-caption">Pixels mixed: two faces at once</div>
      </div>
      <div className="print">
        <FaceCanvas source={morph.source} aria-label="A face between the two" />
        <div className="print-caption">Numbers mixed: one face in between</div>
      </div>
      <input
        type="range"
        className="plain-range figure-wide"
        min={0}
        max={1}
        step={0.01}
        value={time}
        aria-label="From the first face to the second"
        onChange={(event) => {
          setTime(event.target.valueAsNumber);
          morph.seek(event.target.valueAsNumber);
        }}
      />
    </figure>
  );
}

function crossfade(from: Pixels, to: Pixels, time: number): Pixels {
  const mixed = createPixels(from.width, from.height);
  for (const [i, value] of from.data.entries()) {
    mixed.data[i] = value * (1 - time) + to.data[i]! * time;
  }
  return mixed;
}
