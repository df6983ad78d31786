import {
  type ChangeEvent,
  type InputHTMLAttributes,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
} from 'react';
import type { SliderBinding } from './slider-binding.js';
import { position, type Range, snapToZero, strengthAfterKey } from './slider-scale.js';
import { shownStrength, spokenStrength } from './value-text.js';

interface SliderOptions {
  readonly name: string;
  readonly label: string;
  readonly range: Range;
  readonly strength: number;
  readonly binding: SliderBinding;
}

interface SliderParts {
  readonly rootRef: RefObject<HTMLDivElement | null>;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly outputRef: RefObject<HTMLOutputElement | null>;
  readonly inputProps: InputHTMLAttributes<HTMLInputElement>;
}

/**
 * The behaviour of a slider over a native range input: a move is written to the picture and to
 * the slider's own elements, React hears of it once, when pointer or key is let go.
 */
export function useSlider({ name, label, range, strength, binding }: SliderOptions): SliderParts {
  const rootRef = useRef<HTMLDivElement>(null);
  const inputRef = useRef<HTMLInputElement>(null);
  const outputRef = useRef<HTMLOutputElement>(null);
  const shown = useRef(strength);

  function show(next: number): void {
    shown.current = next;
    const input = inputRef.current;
    if (!input) return;
    input.value = String(next);
    input.setAttribute('aria-valuetext', spokenStrength(label, next));
    rootRef.current?.style.setProperty('--at', String(position(next, range)));
    if (outputRef.current) outputRef.current.textContent = shownStrength(next);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: `show` only writes to refs
  useLayoutEffect(() => show(strength), [strength]);

  function preview(next: number): void {
    if (next === shown.current) return;
    show(next);
    binding.preview(name, next);
  }

  function settle(): void {
    if (shown.current !== strength) binding.commit(name, shown.current);
  }

  function reset(): void {
    preview(0);
    settle();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const rightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
    const next = strengthAfterKey(event.key, shown.current, range, rightToLeft);
    if (next === undefined) return;
    event.preventDefault();
    preview(next);
  }

  return {
    rootRef,
    inputRef,
    outputRef,
    inputProps: {
      onChange: (event: ChangeEvent<HTMLInputElement>) => {
        const next = snapToZero(event.target.valueAsNumber);
        // The browser has already moved the thumb; at the snap it must be put back.
        if (next === shown.current) show(next);
        else preview(next);
      },
      onPointerUp: settle,
      onPointerCancel: settle,
      onKeyDown,
      onKeyUp: settle,
      onBlur: settle,
      onDoubleClick: reset,
    },
  };
}
