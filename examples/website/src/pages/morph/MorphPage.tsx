import type { FaceMorph } from '@facemorph/core';
import type { ReactNode } from 'react';
import type { PageProps } from '../../app/shell.js';
import { WithModel } from '../../app/WithModel.js';
import { useFaces } from '../../faces/use-faces.js';
import { MorphStudio } from './MorphStudio.js';
import { parseKeys, parseLook, parseTime } from './morph-state.js';

/** From face to face on a timeline. */
export function MorphPage({ query }: PageProps): ReactNode {
  return (
    <>
      <h1 className="hidden">Morph between faces</h1>
      <WithModel>{(model) => <Opened model={model} query={query} />}</WithModel>
    </>
  );
}

function Opened({ model, query }: PageProps & { readonly model: FaceMorph }): ReactNode {
  const faces = useFaces(model, parseKeys(query));
  if (faces.length === 0) return <p className="page-waiting">One moment …</p>;
  return <MorphStudio model={model} keys={faces} look={parseLook(query)} time={parseTime(query)} />;
}
