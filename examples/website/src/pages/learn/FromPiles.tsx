import type { Face } from '@facemorph/core';
import { type ReactNode, useEffect, useState } from 'react';
import { writeState } from '../../router/use-visit.js';
import { Learned } from './Learned.js';
import { LearnForm } from './LearnForm.js';
import type { WayProps } from './LearnStudio.js';
import { type Example, formatLearn, type Side } from './learn-state.js';
import { Pile } from './Pile.js';
import { SortSheet } from './SortSheet.js';
import { useLearn } from './use-learn.js';
import { useOpenPhotos } from './use-open-photos.js';

interface FromPilesProps extends WayProps {
  /** At first. */
  readonly examples: readonly Example[];
}

/** Fewer on a side teach nothing. */
const LEAST = 2;

const PILES = [
  ['with', 'With'],
  ['without', 'Without'],
] as const;

/** Two piles, a sheet to fill them from, and what was learned. */
export function FromPiles(props: FromPilesProps): ReactNode {
  const { model, shown, onOtherFiles, onError, children } = props;
  const [label, setLabel] = useState(props.label);
  const [examples, setExamples] = useState(props.examples);
  const { learned, learn, forget } = useLearn(model, onError);
  const photos = useOpenPhotos<Side>(model, put, onError);
  const ready = PILES.every(([side]) => pile(side).length >= LEAST);

  useEffect(() => {
    if (shown) writeState('learn', formatLearn(label, examples));
  }, [shown, label, examples]);

  /** Lays a face on a pile, or back on the sheet if it lies there already. */
  function put(face: Face, side: Side): void {
    forget();
    setExamples((before) => {
      const others = before.filter((example) => example.face.latent.join() !== face.latent.join());
      const was = before.find((example) => !others.includes(example));
      return was?.side === side ? others : [...others, { face, side }];
    });
  }

  function pile(side: Side): readonly Example[] {
    return examples.filter((example) => example.side === side);
  }

  return (
    <div className="learn-way" hidden={!shown}>
      <div className="piles">
        {PILES.map(([side, title]) => (
          <Pile
            key={side}
            title={title}
            photosName={`Photos ${side} it`}
            hint="Photos go here. Or sort the faces below."
            faces={pile(side)}
            opening={photos.opening === side}
            onFiles={(files) => photos.open(onOtherFiles(files), side)}
            onTakeBack={(index) => put(pile(side)[index]!.face, side)}
          />
        ))}
      </div>
      <LearnForm
        label={label}
        example="Freckles"
        ready={ready}
        standing={ready ? '' : `Each pile needs ${LEAST} faces at least.`}
        onLabel={setLabel}
        onLearn={() => {
          const latents = (side: Side) => pile(side).map(({ face }) => face.latent);
          learn(label, { with: latents('with'), without: latents('without') });
        }}
      />
      {children}
      {learned && <Learned key={learned.attribute.name} model={model} learned={learned} />}
      <SortSheet model={model} examples={examples} onPut={put} onError={onError} />
    </div>
  );
}
