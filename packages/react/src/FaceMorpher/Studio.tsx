import type { Face } from '@facemorph/core';
import { type ReactNode, useId, useState } from 'react';
import type { FaceMorphState } from '../hooks/use-face-morph.js';
import { useShortcuts } from '../hooks/use-shortcuts.js';
import { useLabels } from '../labels/LabelsProvider.js';
import { AttributeSliders } from '../parts/AttributeSliders/AttributeSliders.js';
import { useSampledFaces } from '../parts/FaceGrid/use-sampled-faces.js';
import { FacesPanel } from './FacesPanel.js';
import { MorphPanel } from './MorphPanel.js';
import { Stage } from './Stage.js';
import { useMorphInto } from './use-morph-into.js';
import { type View, ViewTabs } from './ViewTabs.js';

interface StudioProps {
  readonly state: FaceMorphState;
  readonly views: readonly View[];
  readonly fileName: string | undefined;
  readonly camera: boolean;
}

/** Print and tools on one side, sliders, faces or morph on the other. */
export function Studio({ state, views, fileName, camera }: StudioProps): ReactNode {
  const { model, editor, source, showFace, setError } = state;
  const labels = useLabels();
  const id = useId();
  const [chosenView, setView] = useState<View>(views[0] ?? 'edit');
  const view = views.includes(chosenView) ? chosenView : (views[0] ?? 'edit');
  const [seed, setSeed] = useState('seed' in source ? source.seed : 7);
  const [target, setTarget] = useState<Face | null>(null);
  const faces = useSampledFaces(model.model, { seed });
  const morph = useMorphInto(state, view === 'morph' ? target : null);
  useShortcuts(editor);

  const panels: Record<View, () => ReactNode> = {
    edit: () => <AttributeSliders />,
    faces: () => (
      <FacesPanel
        faces={faces}
        seed={seed}
        onNewFaces={() => setSeed(randomSeed())}
        chosen={'seed' in source && source.seed === seed ? (source.index ?? 0) : undefined}
        onChoose={(index) => showFace({ seed, index })}
        onError={setError}
      />
    ),
    morph: () => (
      <MorphPanel
        faces={faces}
        seed={seed}
        onNewFaces={() => setSeed(randomSeed())}
        morph={morph}
        chosen={target ? faces.indexOf(target) : undefined}
        onChoose={(_index, face) => setTarget(face)}
        onError={setError}
      />
    ),
  };

  return (
    <div className="fm-studio">
      <Stage state={state} morph={morph.source} fileName={fileName} camera={camera} />
      <aside className="fm-panel" aria-label={labels.views}>
        {views.length > 1 && <ViewTabs id={id} views={views} chosen={view} onChoose={setView} />}
        {views.map((name) => (
          <div
            key={name}
            className="fm-panel-content"
            {...(views.length > 1 && {
              role: 'tabpanel',
              id: `${id}-${name}`,
              'aria-labelledby': `${id}-${name}-tab`,
            })}
            hidden={name !== view}
          >
            {/* Open groups and the search outlive a look at the faces. */}
            {(name === view || name === 'edit') && panels[name]()}
          </div>
        ))}
      </aside>
    </div>
  );
}

/** A seed nobody chose. */
function randomSeed(): number {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  return seed % 100_000;
}
