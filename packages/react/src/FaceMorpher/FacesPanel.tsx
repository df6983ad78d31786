import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon.js';
import { useLabels } from '../labels/LabelsProvider.js';
import { FaceGrid, type FaceGridProps } from '../parts/FaceGrid/FaceGrid.js';

export interface FacesPanelProps
  extends Pick<FaceGridProps, 'faces' | 'chosen' | 'onChoose' | 'onError'> {
  readonly seed: number;
  readonly onNewFaces: () => void;
  /** Faces like the one that is shown. */
  readonly onVariations?: () => void;
}

/** A contact sheet of made-up faces, and a way to others. */
export function FacesPanel({
  seed,
  onNewFaces,
  onVariations,
  ...grid
}: FacesPanelProps): ReactNode {
  const labels = useLabels();
  return (
    <>
      <div className="fm-panel-head">
        <h3 className="fm-heading">
          {labels.faces} <span className="fm-seed">{labels.sheet(seed)}</span>
        </h3>
        {onVariations && (
          <button type="button" className="fm-button" onClick={onVariations}>
            {labels.variations}
          </button>
        )}
        <button type="button" className="fm-button" onClick={onNewFaces}>
          <Icon name="dice" />
          <span>{labels.newFaces}</span>
        </button>
      </div>
      <FaceGrid places={24} {...grid} />
    </>
  );
}
