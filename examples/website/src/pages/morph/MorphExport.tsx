import type { Face, FaceMorph, Latent } from '@facemorph/core';
import { type AnimationFormat, encodeAnimation } from '@facemorph/react';
import { type ReactNode, useState } from 'react';
import { saveFile } from '../../files/save-file.js';
import { Icon } from '../../icons/Icon.js';

interface MorphExportProps {
  readonly model: FaceMorph;
  /** The latent at a time of the morph, 0..1. */
  readonly pointAt: (time: number) => Latent;
  readonly onError: (error: unknown) => void;
}

const FORMATS: readonly (readonly [format: AnimationFormat, label: string])[] = [
  ['gif', 'GIF'],
  ['webp', 'WebP'],
  ['video', 'Video'],
];

/** Saves the morph, there and back, as an animation. Renders a group of `<button>`s. */
export function MorphExport({ model, pointAt, onError }: MorphExportProps): ReactNode {
  const [share, setShare] = useState<number | null>(null);
  const busy = share !== null;

  async function save(format: AnimationFormat): Promise<void> {
    setShare(0);
    try {
      const blob = await encodeAnimation(
        { apply: ({ share = 1, signal } = {}) => faceAt(share).edit({}, { signal }) },
        { format, video: () => import('mediabunny'), onProgress: setShare },
      );
      const [, extension = format] = blob.type.split('/');
      saveFile(blob, `facemorph-morph.${extension}`);
    } finally {
      setShare(null);
    }
  }

  function faceAt(time: number): Face {
    return model.face(pointAt(time));
  }

  return (
    <div className="fm-tools">
      {FORMATS.map(([format, label]) => {
        if (format === 'video' && !('VideoEncoder' in globalThis)) return null;
        return (
          <button
            key={format}
            type="button"
            className="fm-button"
            aria-label={`Save as ${label}`}
            aria-disabled={busy}
            onClick={() => {
              if (!busy) save(format).catch(onError);
            }}
          >
            <Icon name="save" />
            <span>{label}</span>
          </button>
        );
      })}
      <span role="status">{busy && `${Math.floor(share * 10) * 10} %`}</span>
    </div>
  );
}
