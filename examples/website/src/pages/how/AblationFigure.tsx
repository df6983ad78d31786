import { type CSSProperties, type ReactNode, useState } from 'react';
import { ARMS, FACES } from './ablation/ablation.js';

/** The same face through decoders that learned by different errors: stored pictures. */
export function AblationFigure(): ReactNode {
  const [face, setFace] = useState(0);
  return (
    <figure className="figure figure-ablation">
      {ARMS.map(({ name, sheet, numbers }) => (
        <div className="print" key={name}>
          <div
            className="quarter"
            role="img"
            aria-label={`${name}: ${FACES[face]}`}
            style={quarter(sheet, face)}
          />
          <dl className="print-caption">
            <dt>{name}</dt>
            {numbers ? (
              <>
                <dd>
                  MS-SSIM <b>{numbers.msssim.toFixed(3)}</b>
                </dd>
                <dd>sharpness {numbers.sharpness.toFixed(2)}</dd>
                <dd>PSNR {numbers.psnr.toFixed(1)} dB</dd>
              </>
            ) : (
              <dd>{FACES[face]}</dd>
            )}
          </dl>
        </div>
      ))}
      <figcaption>
        Each learned for 250 steps, with two seeds; the first is drawn. Numbers: copies of 500
        photos that no network had seen, means of both seeds. Sharpness is 1 for the photos
        themselves.
      </figcaption>
      <ol className="film strip" aria-label="Faces to compare">
        {FACES.map((name, index) => (
          <li key={name}>
            <button
              type="button"
              className="fm-face"
              aria-label={name}
              aria-pressed={index === face}
              onClick={() => setFace(index)}
            >
              <span className="quarter" style={quarter(ARMS[0]?.sheet ?? '', index)} />
            </button>
          </li>
        ))}
      </ol>
    </figure>
  );
}

/** One of the four faces of a sheet. */
function quarter(sheet: string, face: number): CSSProperties {
  const [column, row] = [face % 2, Math.floor(face / 2)];
  return {
    backgroundImage: `url(${sheet})`,
    backgroundPosition: `${column * 100}% ${row * 100}%`,
  };
}
