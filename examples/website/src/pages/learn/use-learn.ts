import {
  type FaceMorph,
  type LearnExamples,
  type LearnedAttribute,
  learnAttribute,
} from '@facemorph/core';
import { useState } from 'react';
import { nameOf } from './learn-state.js';

/** What {@link useLearn} gives. */
interface Learning {
  readonly learned: LearnedAttribute | null;
  readonly learn: (label: string, examples: LearnExamples) => void;
  /** The examples are others now. */
  readonly forget: () => void;
}

/** Learns a slider and takes it into the model, for every page of this visit. */
export function useLearn(model: FaceMorph, onError: (error: unknown) => void): Learning {
  const [learned, setLearned] = useState<LearnedAttribute | null>(null);

  async function learn(text: string, examples: LearnExamples): Promise<void> {
    const label = text.trim() || 'My slider';
    const name = nameOf(label);
    const result = learnAttribute(model.attributes, { name, label, ...examples });
    await model.addAttributes(result.set);
    onError(null);
    setLearned(result);
  }

  return {
    learned,
    learn: (label, examples) => void learn(label, examples).catch(onError),
    forget: () => setLearned(null),
  };
}
