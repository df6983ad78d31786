import { type ReactNode, useEffect, useRef, useState } from 'react';
import { describeFaceRef } from '../../faces/face-ref.js';
import { Icon } from '../../icons/Icon.js';
import type { Sheet } from './sheet.js';

interface SheetControlsProps {
  readonly sheet: Sheet;
  readonly onSheet: (sheet: Sheet) => void;
  readonly onNext: () => void;
}

/** The title of the sheet, its seed, its variety, and a way to the next one. */
export function SheetControls({ sheet, onSheet, onNext }: SheetControlsProps): ReactNode {
  const { like, variety } = sheet;
  return (
    <div className="sheet-controls">
      <div className="sheet-title">
        <h2 id="sheet-title">{like ? 'More like this' : 'Nobody you know'}</h2>
        <p>
          {like
            ? `${describeFaceRef(like)}, turned by 34° towards somebody else each time.`
            : 'Each frame is a random point of the latent space, drawn in your browser.'}
        </p>
      </div>
      <div className="sheet-tools">
        {like ? (
          <button
            type="button"
            className="fm-button"
            onClick={() => onSheet({ ...sheet, like: null, number: 0, chosen: null })}
          >
            <Icon name="back" />
            <span>All faces</span>
          </button>
        ) : (
          <>
            <Variety
              value={variety}
              onCommit={(value) => onSheet({ ...sheet, variety: value, chosen: null })}
            />
            <SeedField
              seed={sheet.seed}
              onSeed={(seed) => onSheet({ ...sheet, seed, chosen: null })}
            />
          </>
        )}
        <button type="button" className="fm-button fm-button-primary" onClick={onNext}>
          <Icon name="dice" />
          <span>New sheet</span>
        </button>
      </div>
    </div>
  );
}

interface VarietyProps {
  readonly value: number;
  readonly onCommit: (value: number) => void;
}

/** From the average face to the odd ones; the sheet follows when the slider is let go. */
function Variety({ value, onCommit }: VarietyProps): ReactNode {
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  const inputRef = useRef<HTMLInputElement>(null);
  const latest = useRef(onCommit);
  useEffect(() => {
    latest.current = onCommit;
  });
  // The browser's `change` comes once, at rest, also from assistive technology; React's is its `input`.
  useEffect(() => {
    const input = inputRef.current;
    const commit = (): void => latest.current(input?.valueAsNumber ?? value);
    input?.addEventListener('change', commit);
    return () => input?.removeEventListener('change', commit);
  }, [value]);
  return (
    <label className="field">
      <span>Variety</span>
      <input
        ref={inputRef}
        type="range"
        className="plain-range"
        min={0}
        max={1.2}
        step={0.05}
        value={shown}
        aria-valuetext={`${shown.toFixed(2)} of the variety of real faces`}
        onChange={(event) => setShown(event.target.valueAsNumber)}
      />
      <output>{shown.toFixed(2)}</output>
    </label>
  );
}

interface SeedFieldProps {
  readonly seed: number;
  readonly onSeed: (seed: number) => void;
}

/** The same seed gives the same faces everywhere. */
function SeedField({ seed, onSeed }: SeedFieldProps): ReactNode {
  return (
    <label className="field">
      <span>Seed</span>
      <input
        key={seed}
        type="text"
        inputMode="numeric"
        pattern="[0-9]*"
        maxLength={9}
        size={6}
        defaultValue={seed}
        onBlur={(event) => take(event.target)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take(event.currentTarget);
        }}
      />
    </label>
  );

  function take(input: HTMLInputElement): void {
    if (!/^\d+$/.test(input.value)) input.value = String(seed);
    else if (Number(input.value) !== seed) onSeed(Number(input.value));
  }
}
