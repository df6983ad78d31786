import {
  type AttributeSet,
  type Face,
  type FaceMorph,
  type LearnedAttribute,
  learnAttribute,
} from '@facemorph/core';
import { isEditFile, Problem } from '@facemorph/react';
import { type ReactNode, useEffect, useState } from 'react';
import { writeState } from '../../router/use-visit.js';
import { Learned } from './Learned.js';
import { Loaded } from './Loaded.js';
import { type Example, formatLearn, nameOf, type Side } from './learn-state.js';
import { Pile } from './Pile.js';
import { SliderFileButton } from './SliderFileButton.js';
import { SortSheet } from './SortSheet.js';
import { useOpenPhotos } from './use-open-photos.js';
import { useSliderFile } from './use-slider-file.js';

interface LearnStudioProps {
  readonly model: FaceMorph;
  /** At first. */
  readonly label: string;
  readonly examples: readonly Example[];
}

/** Fewer on a side teach nothing. */
const LEAST = 2;

/** Two piles, a sheet to fill them from, and what was learned. */
export function LearnStudio({ model, ...first }: LearnStudioProps): ReactNode {
  const [label, setLabel] = useState(first.label);
  const [examples, setExamples] = useState(first.examples);
  const [learned, setLearned] = useState<LearnedAttribute | null>(null);
  const [error, setError] = useState<unknown>(null);
  const photos = useOpenPhotos(model, put, setError);
  const sliders = useSliderFile(model, setError);
  const enough = (['with', 'without'] as const).every((side) => count(side) >= LEAST);

  useEffect(() => writeState('learn', formatLearn(label, examples)), [label, examples]);

  /** Lays a face on a pile, or back on the sheet if it lies there already. */
  function put(face: Face, side: Side): void {
    setLearned(null);
    setExamples((before) => {
      const others = before.filter((example) => example.face.latent.join() !== face.latent.join());
      const was = before.find((example) => !others.includes(example));
      return was?.side === side ? others : [...others, { face, side }];
    });
  }

  function count(side: Side): number {
    return examples.filter((example) => example.side === side).length;
  }

  function openSliders(file: File): void {
    setError(null);
    sliders.load(file);
  }

  /** Photos, and among them sliders that were saved earlier. */
  function openFiles(files: readonly File[], side: Side): void {
    const saved = files.filter(isEditFile);
    saved.forEach(openSliders);
    const pictures = files.filter((file) => !saved.includes(file));
    if (pictures.length > 0) photos.open(pictures, side);
  }

  function learn(): void {
    const latents = (side: Side) =>
      examples.filter((example) => example.side === side).map(({ face }) => face.latent);
    try {
      const options = { with: latents('with'), without: latents('without') };
      const text = label.trim() || 'My slider';
      const result = learnAttribute(model.attributes, {
        name: nameOf(text),
        label: text,
        ...options,
      });
      model.addAttributes(result.set);
      setError(null);
      setLearned(result);
    } catch (problem) {
      setError(problem);
    }
  }

  return (
    <div className="page learn">
      <header>
        <h1>Your own slider</h1>
        <p className="lead">
          Show a few faces that have something and a few that do not. What tells them apart becomes
          a direction, here in your browser: 20 faces a side give a first idea, 100 a good slider.
        </p>
      </header>
      <div className="piles">
        {(['with', 'without'] as const).map((side) => (
          <Pile
            key={side}
            side={side}
            faces={examples.filter((example) => example.side === side).map(({ face }) => face)}
            opening={photos.opening === side}
            onFiles={(files) => openFiles(files, side)}
            onTakeBack={(face) => put(face, side)}
          />
        ))}
      </div>
      <form
        className="learn-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (enough) learn();
        }}
      >
        <label className="field">
          <span>Name</span>
          <input
            type="text"
            value={label}
            maxLength={40}
            placeholder="Freckles"
            onChange={(event) => setLabel(event.target.value)}
          />
        </label>
        <button type="submit" className="fm-button fm-button-primary" aria-disabled={!enough}>
          Learn it
        </button>
        <SliderFileButton onFile={openSliders} />
        {!enough && <p>Each pile needs {LEAST} faces at least.</p>}
      </form>
      {error !== null && <Problem error={error} onDismiss={() => setError(null)} />}
      {sliders.loaded && (
        <Loaded key={keyOf(sliders.loaded)} model={model} loaded={sliders.loaded} />
      )}
      {learned && <Learned key={learned.attribute.name} model={model} learned={learned} />}
      <SortSheet model={model} examples={examples} onPut={put} onError={setError} />
    </div>
  );
}

/** Equal for sets of the same sliders. */
function keyOf({ attributes }: AttributeSet): string {
  return attributes.map(({ name }) => name).join();
}
