import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useLabels } from '../labels/LabelsProvider.js';

/** What the panel of a {@link FaceMorpher} shows. */
export type View = 'edit' | 'faces' | 'morph';

interface ViewTabsProps {
  readonly id: string;
  readonly views: readonly View[];
  readonly chosen: View;
  readonly onChoose: (view: View) => void;
}

/** Which tools are in sight. Renders a `<div role="tablist">`. */
export function ViewTabs({ id, views, chosen, onChoose }: ViewTabsProps): ReactNode {
  const labels = useLabels();
  const listRef = useRef<HTMLDivElement>(null);
  const names = { edit: labels.editView, faces: labels.facesView, morph: labels.morphView };

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const rightToLeft = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = views.indexOf(chosen) + (rightToLeft ? -step : step);
    const next = views[(at + views.length) % views.length];
    if (!next) return;
    onChoose(next);
    listRef.current?.querySelector<HTMLElement>(`[data-view="${next}"]`)?.focus();
  }

  return (
    <div
      ref={listRef}
      className="fm-tabs"
      role="tablist"
      aria-label={labels.views}
      onKeyDown={onKeyDown}
    >
      {views.map((view) => (
        <button
          key={view}
          type="button"
          role="tab"
          id={`${id}-${view}-tab`}
          aria-controls={`${id}-${view}`}
          aria-selected={view === chosen}
          tabIndex={view === chosen ? 0 : -1}
          data-view={view}
          className="fm-tab"
          onClick={() => onChoose(view)}
        >
          {names[view]}
        </button>
      ))}
    </div>
  );
}
