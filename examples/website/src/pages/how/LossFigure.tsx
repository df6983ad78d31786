import { createPixels, type FaceMorph, type Pixels } from '@facemorph/core';
import { Thumbnail } from '@facemorph/react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { faceRef } from '../../faces/face-ref.js';
import { useFaces } from '../../faces/use-faces.js';
import { blur, type Grey, greyOf, meanSquaredError, msSsim } from './ms-ssim.js';

const FACES = [faceRef(7, 13)];

/** The same squared error three times, and what MS-SSIM says of it. */
export function LossFigure({ model }: { readonly model: FaceMorph }): ReactNode {
  const [face] = useFaces(model, FACES);
  const [picture, setPicture] = useState<Pixels | null>(null);
  const [sigma, setSigma] = useState(3);
  useEffect(() => {
    let current = true;
    face?.render().then(
      (pixels) => {
        if (current) setPicture(pixels);
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [face]);
  const damages = useMemo(() => picture && damagesOf(greyOf(picture), sigma), [picture, sigma]);

  return (
    <figure className="figure figure-loss">
      {(damages ?? BLANK).map(({ name, pixels, error, similarity }) => (
        <div className="print" key={name}>
          <Thumbnail pixels={pixels} />
          <dl className="print-caption">
            <dt>{name}</dt>
            <dd>MSE {error}</dd>
            <dd>
              MS-SSIM <b>{similarity}</b>
            </dd>
          </dl>
        </div>
      ))}
      <label className="field figure-wide">
        <span>Damage</span>
        <input
          type="range"
          className="plain-range"
          min={1}
          max={5}
          step={0.2}
          value={sigma}
          onChange={(event) => setSigma(event.target.valueAsNumber)}
        />
      </label>
    </figure>
  );
}

interface Damage {
  readonly name: string;
  readonly pixels: Pixels | undefined;
  readonly error: string;
  readonly similarity: string;
}

const NAMES = ['The picture', 'A little brighter', 'Blurred'] as const;
const BLANK: readonly Damage[] = NAMES.map((name) => ({
  name,
  pixels: undefined,
  error: '–',
  similarity: '–',
}));

function damagesOf(grey: Grey, sigma: number): Damage[] {
  const soft = blur(grey, sigma);
  const shift = Math.sqrt(meanSquaredError(grey, soft));
  const bright = { ...grey, data: grey.data.map((value) => value + shift) };
  return [grey, bright, soft].map((damaged, i) => ({
    name: NAMES[i] ?? '',
    pixels: toPixels(damaged),
    error: meanSquaredError(grey, damaged).toFixed(1),
    similarity: msSsim(grey, damaged).toFixed(3),
  }));
}

function toPixels({ width, height, data }: Grey): Pixels {
  const pixels = createPixels(width, height);
  for (const [i, value] of data.entries()) {
    pixels.data.fill(value, 4 * i, 4 * i + 3);
    pixels.data[4 * i + 3] = 255;
  }
  return pixels;
}
