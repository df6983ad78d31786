import type {
  ChangeEvent,
  ComponentPropsWithRef,
  CSSProperties,
  HTMLAttributes,
  InputHTMLAttributes,
  KeyboardEvent,
  OutputHTMLAttributes,
  PointerEvent,
  RefObject,
} from 'react';
import { useEffect, useRef } from 'react';
import { useIsomorphicLayoutEffect, useLatest } from '../../hooks/use-latest.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { callAll } from './call-all.js';
import { position, type Range, snapToZero, strengthAfterKey } from './slider-scale.js';

/** What the number of a slider says: the change of this face, or its score, 0 for the average face. */
export type SliderScale = 'change' | 'score';

/** Options of {@link useAttributeSlider}. */
export interface AttributeSliderOptions {
  readonly name: string;
  /** Spoken with the strength. */
  readonly label: string;
  /** The lowest and highest strength. */
  readonly range: Range;
  /** The committed strength; while it is moved the slider shows its own. */
  readonly strength: number;
  /** The score of the face; the ruler then shows where the average face stands. */
  readonly measured?: number | undefined;
  /** What is shown and spoken; `score` needs `measured`. @defaultValue `change` */
  readonly scale?: SliderScale | undefined;
  readonly onPreview: (name: string, strength: number) => void;
  readonly onCommit: (name: string, strength: number) => void;
}

/** Getters of props for the elements of a slider. Your own handlers run first, your props win. */
export interface AttributeSliderParts {
  /** For the element around: custom properties `--fm-at`, `--fm-zero`, `--fm-tick`, `--fm-average` (0..1). */
  readonly getRootProps: (own?: HTMLAttributes<HTMLElement>) => HTMLAttributes<HTMLElement> & {
    readonly ref: RefObject<never>;
  };
  /** For an `<input>`. */
  readonly getInputProps: (
    own?: InputHTMLAttributes<HTMLInputElement>,
  ) => ComponentPropsWithRef<'input'>;
  /** For an `<output>` that shows the strength. */
  readonly getOutputProps: (
    own?: OutputHTMLAttributes<HTMLOutputElement>,
  ) => ComponentPropsWithRef<'output'>;
}

/**
 * The behaviour of a slider over a native range input: a move goes to `onPreview` and to the
 * slider's own elements; React hears of it once, when pointer or key is let go (`onCommit`).
 * Arrows move by 0.1, PageUp and PageDown by 0.5, Home and End to the ends; Escape and double click
 * go back to zero, which also catches a move that comes near. A finger that scrolls the page from a
 * slider leaves it as it was.
 *
 * @public
 */
export function useAttributeSlider(options: AttributeSliderOptions): AttributeSliderParts {
  const { name, label, range, strength, measured, scale, onPreview, onCommit } = options;
  const labels = useLabels();
  const rootRef = useRef<HTMLElement>(null);
  const inputRef = useRef<HTMLInputElement>(null);
  const outputRef = useRef<HTMLOutputElement>(null);
  const shown = useRef(strength);
  const moved = useRef(false);
  /** A finger is down that turned out to scroll. */
  const scrolling = useRef(false);

  const score = (next: number): number | undefined =>
    scale === 'score' && measured !== undefined ? measured + next : undefined;
  const written = (next: number): string => {
    const value = score(next);
    return value === undefined ? labels.shown(next) : labels.shownScore(value);
  };
  const spoken = (next: number): string => {
    const value = score(next);
    return value === undefined ? labels.spoken(label, next) : labels.spokenScore(label, value);
  };

  function show(next: number): void {
    shown.current = next;
    const input = inputRef.current;
    if (input) {
      input.value = String(next);
      input.setAttribute('aria-valuetext', spoken(next));
    }
    rootRef.current?.style.setProperty('--fm-at', String(position(next, range)));
    if (outputRef.current) outputRef.current.textContent = written(next);
  }

  // Every render may have written the committed strength into elements that show a move.
  useIsomorphicLayoutEffect(() => show(moved.current ? shown.current : strength));

  function preview(next: number): void {
    if (next === shown.current) return;
    moved.current = true;
    show(next);
    onPreview(name, next);
  }

  function settle(): void {
    if (!moved.current) return;
    moved.current = false;
    onCommit(name, shown.current);
  }

  // Voice control and screen readers set the value without key or pointer: then the browser's own
  // `change`, which React's `onChange` does not tell from `input`, is all that says it has come to rest.
  const latest = useLatest({ settle });
  useEffect(() => {
    const input = inputRef.current;
    const rest = (): void => latest.current.settle();
    input?.addEventListener('change', rest);
    return () => input?.removeEventListener('change', rest);
  }, [latest]);

  function takeBack(event: PointerEvent): void {
    // The browser goes on to move the thumb under this finger.
    scrolling.current = event.pointerType === 'touch';
    preview(strength);
    moved.current = false;
  }

  function onFingerUp(): void {
    scrolling.current = false;
  }

  function onChange(event: ChangeEvent<HTMLInputElement>): void {
    const next = snapToZero(event.target.valueAsNumber);
    // The browser has already moved the thumb; here, and at the snap, it must be put back.
    if (scrolling.current || next === shown.current) show(shown.current);
    else preview(next);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const rightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
    const next = strengthAfterKey(event.key, shown.current, range, rightToLeft);
    if (next === undefined) return;
    event.preventDefault();
    preview(next);
  }

  function onDoubleClick(): void {
    preview(0);
    settle();
  }

  const places: Record<`--fm-${string}`, number> = {
    '--fm-at': position(strength, range),
    '--fm-zero': position(0, range),
    '--fm-tick': 1 / (range[1] - range[0]),
  };
  if (measured !== undefined) places['--fm-average'] = position(-measured, range);

  return {
    getRootProps: (own = {}) => ({
      ...own,
      ref: rootRef as RefObject<never>,
      style: { ...(places as CSSProperties), ...own.style },
    }),
    getInputProps: (own = {}) => ({
      ref: inputRef,
      type: 'range',
      min: range[0],
      max: range[1],
      step: 0.01,
      defaultValue: strength,
      'aria-label': label,
      'aria-valuetext': spoken(strength),
      ...own,
      onChange: callAll(own.onChange, onChange),
      onPointerUp: callAll(own.onPointerUp, settle),
      onPointerCancel: callAll(own.onPointerCancel, takeBack),
      onTouchEnd: callAll(own.onTouchEnd, onFingerUp),
      onTouchCancel: callAll(own.onTouchCancel, onFingerUp),
      onKeyDown: callAll(own.onKeyDown, onKeyDown),
      onKeyUp: callAll(own.onKeyUp, settle),
      onBlur: callAll(own.onBlur, settle),
      onDoubleClick: callAll(own.onDoubleClick, onDoubleClick),
    }),
    getOutputProps: (own = {}) => ({
      ref: outputRef,
      'aria-hidden': true,
      // The sign stands before its number in every script.
      dir: 'ltr',
      children: written(strength),
      ...own,
    }),
  };
}
