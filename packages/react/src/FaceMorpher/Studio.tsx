import type { Face } from '@facemorph/core';
import { type ReactNode, useId, useState } from 'react';
import type { FaceMorphState } from '../hooks/use-face-morph.js';
import { useShortcuts } from '../hooks/use-shortcuts.js';
import { useLabels } from '../labels/LabelsProvider.js';
import { AttributeSlidersView } from '../parts/AttributeSliders/AttributeSlidersView.js';
import type { ExportMenuProps } from '../parts/ExportMenu/ExportMenu.js';
import { useSampledFaces } from '../parts/FaceGrid/use-sampled-faces.js';
import { useVariations } from '../parts/FaceGrid/use-variations.js';
import { FacesPanel } from './FacesPanel.js';
import { MorphPanel } from './MorphPanel.js';
import { Stage } from './Stage.js';
import { useEditLink } from './use-edit-link.js';
import { useMorphInto } from './use-morph-into.js';
import { type View, ViewTabs } from './ViewTabs.js';

interface StudioProps {
  readonly state: FaceMorphState;
  readonly views: readonly View[];
  readonly fileName: string | undefined;
  readonly camera: boolean;
  readonly video: ExportMenuProps['video'];
}

/** Print and tools on one side, sliders, faces or morph on the other. */
export function Studio({ state, views, ...tools }: StudioProps): ReactNode {
  const { model, editor, source, showFace, setError } = state;
  const labels = useLabels();
  const id = useId();
  const [chosenView, setView] = useState<View>(views[0] ?? 'edit');
  const view = views.includes(chosenView) ? chosenView : (views[0] ?? 'edit');
  const [seed, setSeed] = useState('seed' in source ? source.seed : 7);
  const [target, setTarget] = useState<Face | null>(null);
  const [like, setLike] = useState<Face | null>(null);
  const sampled = useSampledFaces(model.model, { seed });
  const variations = useVariations(model.model, like, { seed });
  const faces = like ? variations : sampled;
  const morph = useMorphInto(state, view === 'morph' ? target : null);
  useShortcuts(editor);
  useEditLink(state);

  function newFaces(): void {
    setLike(null);
    setSeed(randomSeed());
  }

  function varyThisFace(): void {
    const latent = editor.live?.frame?.latent;
    if (!model.model || !latent) return;
    setLike(model.model.face(latent));
    setSeed(randomSeed());
  }

  const isShown = (face: Face, index: number): boolean =>
    'face' in source
      ? source.face === face
      : !like && 'seed' in source && source.seed === seed && (source.index ?? 0) === index;

  const panels: Record<View, () => ReactNode> = {
    edit: () => <AttributeSlidersView />,
    faces: () => (
      <FacesPanel
        faces={faces}
        seed={seed}
        onNewFaces={newFaces}
        onVariations={varyThisFace}
        chosen={faces.findIndex(isShown)}
        onChoose={(index, face) => showFace(like ? { face } : { seed, index })}
        onError={setError}
      />
    ),
    morph: () => (
      <MorphPanel
        faces={faces}
        seed={seed}
        onNewFaces={newFaces}
        morph={morph}
        chosen={target ? faces.indexOf(target) : undefined}
        onChoose={(_index, face) => setTarget(face)}
        onError={setError}
      />
    ),
  };

  return (
    <div className="fm-studio">
      <Stage state={state} morph={morph.source} {...tools} />
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
