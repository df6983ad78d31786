import type { AttributeSet } from '@facemorph/core';
import { type ReactNode, useId } from 'react';
import type { Entanglement } from './entanglement.js';

interface MatrixRowProps {
  readonly set: AttributeSet;
  readonly matrix: Entanglement;
  readonly row: number;
  readonly onRow: (row: number) => void;
}

const SHOWN = 8;

/** One row of the matrix in words and numbers: what moves along most. */
export function MatrixRow({ set, matrix, row, onRow }: MatrixRowProps): ReactNode {
  const id = useId();
  const { attributes } = set;
  const strongest = (matrix[row] ?? [])
    .map((value, index) => ({ value, index, label: attributes[index]?.label ?? '' }))
    .filter(({ index }) => index !== row)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, SHOWN);
  return (
    <div className="matrix-list">
      <label className="field" htmlFor={id}>
        <span>Raise</span>
        <select id={id} value={row} onChange={(event) => onRow(Number(event.target.value))}>
          {attributes.map(({ name, label }, index) => (
            <option key={name} value={index}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <ol>
        {strongest.map(({ label, value, index }) => (
          <li key={index}>
            <span>{label}</span>
            <span className="matrix-value">
              <i
                className={value < 0 ? 'matrix-less' : 'matrix-more'}
                style={{ width: `${Math.min(Math.abs(value), 1) * 100}%` }}
              />
            </span>
            <span className="matrix-number">
              {value < 0 ? '−' : '+'}
              {Math.abs(value).toFixed(2)}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
