import { type AttributeSet, type FaceMorph, parseAttributes } from '@facemorph/core';
import { useState } from 'react';

/** What {@link useSliderFile} gives. */
interface SliderFile {
  /** The sliders that were loaded last. */
  readonly loaded: AttributeSet | null;
  readonly load: (file: File) => void;
}

/** Takes sliders that were saved earlier into the model, for every page of this visit. */
export function useSliderFile(model: FaceMorph, onError: (error: unknown) => void): SliderFile {
  const [loaded, setLoaded] = useState<AttributeSet | null>(null);

  async function load(file: File): Promise<void> {
    const set = parseAttributes(await file.text());
    await model.addAttributes(set);
    setLoaded(set);
  }

  return { loaded, load: (file) => void load(file).catch(onError) };
}
