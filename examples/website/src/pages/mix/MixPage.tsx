import type { FaceMorph } from '@facemorph/core';
import type { ReactNode } from 'react';
import type { PageProps } from '../../app/shell.js';
import { WithModel } from '../../app/WithModel.js';
import { useFaces } from '../../faces/use-faces.js';
import { MixStudio } from './MixStudio.js';
import { type FourFaces, parseCorners, parsePlace } from './mix-state.js';

/** Four faces and all that lies between them. */
export function MixPage({ query }: PageProps): ReactNode {
  return (
    <>
      <h1 className="hidden">Mix four faces</h1>
      <WithModel>{(model) => <Opened model={model} query={query} />}</WithModel>
    </>
  );
}

function Opened({ model, query }: PageProps & { readonly model: FaceMorph }): ReactNode {
  const faces = useFaces(model, parseCorners(query));
  if (faces.length === 0) return <p className="page-waiting">One moment …</p>;
  return (
    <MixStudio model={model} corners={faces as unknown as FourFaces} place={parsePlace(query)} />
  );
}
