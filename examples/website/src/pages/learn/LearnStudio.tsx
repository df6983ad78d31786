import type { AttributeSet, FaceMorph } from '@facemorph/core';
import { isEditFile, Problem } from '@facemorph/react';
import { type ReactNode, useState } from 'react';
import { Choice } from '../../controls/Choice.js';
import { FileButton } from './FileButton.js';
import { FromNumbers } from './FromNumbers.js';
import { FromPiles } from './FromPiles.js';
import { Loaded } from './Loaded.js';
import type { Example, LearnState } from './learn-state.js';
import { useSliderFile } from './use-slider-file.js';

interface LearnStudioProps {
  readonly model: FaceMorph;
  /** At first. */
  readonly state: LearnState;
  readonly examples: readonly Example[];
}

/** Props of each way to learn. */
export interface WayProps {
  readonly model: FaceMorph;
  /** At first. */
  readonly label: string;
  /** The other way keeps its faces while this one is shown. */
  readonly shown: boolean;
  /** Opens saved sliders among files and gives back the rest. */
  readonly onOtherFiles: (files: readonly File[]) => readonly File[];
  readonly onError: (error: unknown) => void;
  /** What there is to say, below the form. */
  readonly children: ReactNode;
}

const LEADS = {
  piles:
    'Show a few faces that have something and a few that do not. What tells them apart becomes a direction, here in your browser: 20 faces a side give a first idea, 100 a good slider.',
  numbers:
    'Give each photo a number: an age, a rating, a measure. What rises with it becomes a direction, here in your browser: 20 photos give a first idea, 100 a good slider.',
} as const;

/** A slider of one's own, by one of two ways. */
export function LearnStudio({ model, state, examples }: LearnStudioProps): ReactNode {
  const [by, setBy] = useState(state.by);
  const [error, setError] = useState<unknown>(null);
  const sliders = useSliderFile(model, setError);

  function openSliders(files: readonly File[]): void {
    setError(null);
    files.forEach(sliders.load);
  }

  /** Among files for a pile, sliders are known by their name or type. */
  function takeSliders(files: readonly File[]): readonly File[] {
    const saved = files.filter(isEditFile);
    if (saved.length > 0) openSliders(saved);
    return files.filter((file) => !saved.includes(file));
  }

  const notices = (
    <>
      {error !== null && <Problem error={error} onDismiss={() => setError(null)} />}
      {sliders.loaded && (
        <Loaded key={keyOf(sliders.loaded)} model={model} loaded={sliders.loaded} />
      )}
    </>
  );
  const way = (name: LearnState['by']): WayProps => ({
    model,
    label: state.label,
    shown: by === name,
    onOtherFiles: takeSliders,
    onError: setError,
    children: by === name && notices,
  });

  return (
    <div className="page learn">
      <header>
        <h1>Your own slider</h1>
        <p className="lead">{LEADS[by]}</p>
      </header>
      <div className="sheet-tools">
        <Choice
          title="Learn from"
          value={by}
          options={[
            ['piles', 'Two piles'],
            ['numbers', 'Photos with numbers'],
          ]}
          onChoose={setBy}
        />
        <FileButton
          icon="open"
          name="A slider file"
          accept=".json,application/json"
          onFiles={openSliders}
        >
          Open a saved slider
        </FileButton>
      </div>
      <FromPiles {...way('piles')} examples={examples} />
      <FromNumbers {...way('numbers')} />
    </div>
  );
}

/** Equal for sets of the same sliders. */
function keyOf({ attributes }: AttributeSet): string {
  return attributes.map(({ name }) => name).join();
}
