import type { FaceMorph } from '@facemorph/core';
import type { ReactNode } from 'react';
import type { PageProps } from '../../app/shell.js';
import { WithModel } from '../../app/WithModel.js';
import { useFaces } from '../../faces/use-faces.js';
import { LearnStudio } from './LearnStudio.js';
import { type Example, parseLearn } from './learn-state.js';

/** Faces with and without something, and the slider that comes of them. */
export function LearnPage({ query }: PageProps): ReactNode {
  return <WithModel>{(model) => <Opened model={model} query={query} />}</WithModel>;
}

function Opened({ model, query }: PageProps & { readonly model: FaceMorph }): ReactNode {
  const state = parseLearn(query);
  const refs = [...state.with, ...state.without];
  const faces = useFaces(model, refs);
  if (faces.length < refs.length) return <p className="page-waiting">One moment …</p>;
  const examples = faces.map((face, i): Example => {
    return { face, side: i < state.with.length ? 'with' : 'without' };
  });
  return <LearnStudio model={model} state={state} examples={examples} />;
}
