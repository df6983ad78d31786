import type { AttributeSet } from '@facemorph/core';
import { type PointerEvent, type ReactNode, useMemo, useState } from 'react';
import { Choice } from '../../controls/Choice.js';
import { meanAlong, movedBySliders, movedBySorting } from './entanglement.js';
import { MatrixRow } from './MatrixRow.js';

interface MatrixFigureProps {
  readonly attributes: AttributeSet;
}

/** Less than this is drawn as nothing. */
const VISIBLE = 0.02;

/** What moves along with what, as it is in photos and as the sliders leave it. */
export function MatrixFigure({ attributes: set }: MatrixFigureProps): ReactNode {
  const [view, setView] = useState<'photos' | 'sliders'>('photos');
  const [row, setRow] = useState(() => indexOf(set, 'smiling'));
  const matrices = useMemo(
    () => ({ photos: movedBySorting(set), sliders: movedBySliders(set) }),
    [set],
  );
  const matrix = matrices[view];
  const count = set.attributes.length;

  function point(event: PointerEvent<SVGSVGElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientY - box.top) / box.height) * count);
    setRow(Math.min(Math.max(at, 0), count - 1));
  }

  return (
    <figure className="figure figure-matrix">
      <div className="matrix-head">
        <Choice
          title="Raise one score by 1, by"
          value={view}
          options={[
            ['photos', 'sorting photos'],
            ['sliders', 'our sliders'],
          ]}
          onChoose={setView}
        />
        <p role="status">
          All others move by <b>{meanAlong(matrix).toFixed(3)}</b> on average.
        </p>
      </div>
      <svg
        className="matrix"
        viewBox={`0 0 ${count} ${count}`}
        role="img"
        aria-label="How far each score moves when one is raised; the list beside it has the numbers"
        onPointerMove={point}
        onPointerDown={point}
      >
        <rect className="matrix-row" x="0" y={row} width={count} height="1" />
        {matrix.flatMap((values, i) =>
          values.map((value, j) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
              key={`${i}/${j}`}
              className={value < 0 ? 'matrix-less' : 'matrix-more'}
              x={j + 0.06}
              y={i + 0.06}
              width="0.88"
              height="0.88"
              style={{ fillOpacity: opacityOf(value) }}
            />
          )),
        )}
      </svg>
      <MatrixRow set={set} matrix={matrix} row={row} onRow={setRow} />
    </figure>
  );
}

function opacityOf(value: number): number {
  const size = Math.min(Math.abs(value), 1);
  return size < VISIBLE ? 0 : Math.round(size ** 0.7 * 100) / 100;
}

function indexOf(set: AttributeSet, name: string): number {
  return Math.max(
    0,
    set.attributes.findIndex((attribute) => attribute.name === name),
  );
}
