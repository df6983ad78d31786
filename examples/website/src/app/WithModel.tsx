import type { FaceMorph } from '@facemorph/core';
import { ModelProgress } from '@facemorph/react';
import type { ReactNode } from 'react';
import { useShell } from './shell.js';

interface WithModelProps {
  readonly children: (model: FaceMorph) => ReactNode;
}

/** A page that needs the model, or how far the model has come. */
export function WithModel({ children }: WithModelProps): ReactNode {
  const { model } = useShell();
  if (model.status === 'ready') return children(model.model);
  return (
    <div className="page-waiting">
      <ModelProgress state={model} />
    </div>
  );
}
