import type { ReactNode } from 'react';
import type { Morph } from '../hooks/use-morph.js';
import { useLabels } from '../labels/LabelsProvider.js';
import { MorphTimeline } from '../parts/MorphTimeline/MorphTimeline.js';
import { FacesPanel, type FacesPanelProps } from './FacesPanel.js';

interface MorphPanelProps extends FacesPanelProps {
  readonly morph: Morph;
}

/** A face to morph into, and the way there. */
export function MorphPanel({ morph, ...faces }: MorphPanelProps): ReactNode {
  const labels = useLabels();
  return (
    <>
      <p className="fm-headline-title">{labels.morphTo}</p>
      <MorphTimeline morph={morph} />
      <FacesPanel {...faces} />
    </>
  );
}
