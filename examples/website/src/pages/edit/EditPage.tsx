import type { FaceMorph } from '@facemorph/core';
import type { ReactNode } from 'react';
import type { PageProps } from '../../app/shell.js';
import { WithModel } from '../../app/WithModel.js';
import { useFaces } from '../../faces/use-faces.js';
import { EditStudio } from './EditStudio.js';
import { parseEditState, parseFace } from './edit-state.js';

/** The editor: a made-up face, a photo or a picture from the camera. */
export function EditPage({ query }: PageProps): ReactNode {
  return (
    <>
      <h1 className="hidden">Edit a face</h1>
      <WithModel>{(model) => <Opened model={model} query={query} />}</WithModel>
    </>
  );
}

function Opened({ model, query }: PageProps & { readonly model: FaceMorph }): ReactNode {
  const [face] = useFaces(model, [parseFace(query)]);
  if (!face) return <p className="page-waiting">One moment …</p>;
  return (
    <EditStudio
      model={model}
      face={face}
      edit={parseEditState(query, model.attributes.attributes)}
    />
  );
}
