/** What sliders do to the edit; stable, so that a slider renders only when its own value changes. */
export interface SliderBinding {
  /** While a slider moves: the picture follows, nothing is remembered. */
  readonly preview: (name: string, strength: number) => void;
  /** When it comes to rest: one step of the history. */
  readonly commit: (name: string, strength: number) => void;
  readonly toggleLock: (name: string) => void;
}
