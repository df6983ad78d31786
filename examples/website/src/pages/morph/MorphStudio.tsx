import { type Face, type FaceMorph, type Latent, latentPath } from '@facemorph/core';
import { FaceCanvas, MorphTimeline, Problem, useMorph } from '@facemorph/react';
import { type ReactNode, useEffect, useState } from 'react';
import { FacePanel } from '../../faces/FacePanel.js';
import { writeState } from '../../router/use-visit.js';
import { KeyFaces } from './KeyFaces.js';
import { MorphExport } from './MorphExport.js';
import { MorphLookFields } from './MorphLookFields.js';
import {
  formatMorph,
  MAX_KEYS,
  type MorphLook,
  withKey,
  withNewKey,
  withoutKey,
} from './morph-state.js';

interface MorphStudioProps {
  readonly model: FaceMorph;
  /** At first, two or more. */
  readonly keys: readonly Face[];
  readonly look: MorphLook;
  readonly time: number;
}

/** Points on a morph that is saved. */
const STEPS = 240;

/** The print and its timeline, the key faces under it, and faces to put there. */
export function MorphStudio(props: MorphStudioProps): ReactNode {
  const { model, time } = props;
  const [strip, setStrip] = useState({ keys: props.keys, selected: props.keys.length - 1 });
  const { keys, selected } = strip;
  const [look, setLook] = useState(props.look);
  const [error, setError] = useState<unknown>(null);
  const { easing, path, seconds } = look;
  const morph = useMorph({
    model,
    faces: keys,
    easing,
    path,
    duration: seconds * 1000,
    defaultTime: time,
    onError: setError,
  });
  const { seek, pause, playing, getTime, subscribe } = morph;

  // The link names the moment that is seen at rest.
  useEffect(() => {
    if (playing) return;
    const write = (): void => writeState('morph', formatMorph(keys, look, getTime()));
    write();
    let timer: ReturnType<typeof setTimeout>;
    const end = subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(write, 200);
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [keys, look, playing, getTime, subscribe]);

  function select(index: number): void {
    setStrip((strip) => ({ ...strip, selected: index }));
    pause();
    seek(index / (keys.length - 1));
  }

  /** As the timeline has it; the animation eases by itself. */
  function pointAt(share: number): Latent {
    const latents = keys.map(({ latent }) => latent);
    const centre = model.attributes.latent.mean;
    const points = latentPath(latents, { frames: STEPS + 1, path, easing, centre });
    return points[Math.round(share * STEPS)] as Latent;
  }

  return (
    <div className="studio">
      <section className="stage stage-morph" aria-label="Morph">
        <figure className="print">
          <FaceCanvas source={morph.source} aria-label="The face on its way" />
          <figcaption>
            <MorphTimeline morph={morph} />
          </figcaption>
        </figure>
        {error !== null && <Problem error={error} onDismiss={() => setError(null)} />}
        <KeyFaces
          keys={keys}
          selected={selected}
          onSelect={select}
          onRemove={(index) => setStrip((strip) => withoutKey(strip, index))}
        />
      </section>
      <aside className="panel" aria-label="Faces">
        <FacePanel
          model={model}
          title={`Face ${selected + 1} of ${keys.length}`}
          hint="Pick what stands at this point of the way."
          onPick={(face) => setStrip((strip) => withKey(strip, selected, face))}
          onAdd={
            keys.length < MAX_KEYS
              ? (face) => setStrip((strip) => withNewKey(strip, face))
              : undefined
          }
          onError={setError}
        />
        <MorphLookFields look={look} onLook={setLook} />
        <MorphExport model={model} pointAt={pointAt} onError={setError} />
      </aside>
    </div>
  );
}
