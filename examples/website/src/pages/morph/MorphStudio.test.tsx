// @vitest-environment happy-dom
import type { Face, FaceMorph } from '@facemorph/core';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { FacePanel } from '../../faces/FacePanel.js';
import { MorphStudio } from './MorphStudio.js';

vi.mock('@facemorph/react', () => ({
  FaceCanvas: () => null,
  MorphTimeline: () => null,
  useMorph: () => ({ getTime: () => 0, subscribe: () => () => {}, playing: true }),
}));
vi.mock('../../faces/FaceThumb.js', () => ({
  FaceThumb: ({ face }: { face: unknown }) => String(face),
}));
vi.mock('../../faces/FacePanel.js', () => ({ FacePanel: vi.fn(() => null) }));

const [a, b, c, photo] = ['a', 'b', 'c', 'photo'] as unknown as [Face, Face, Face, Face];

test('a photo that arrives late brings back no face that was taken out meanwhile', () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  const page = document.body.appendChild(document.createElement('div'));
  const root = createRoot(page);
  const look = { easing: 'smooth', path: 'linear', seconds: 4 } as const;
  const model = {} as FaceMorph;
  act(() => root.render(<MorphStudio model={model} keys={[a, b, c]} look={look} time={0} />));
  const shown = (): string[] =>
    [...page.querySelectorAll('.strip .fm-face')].map((key) => key.textContent ?? '');
  const asChosen = vi.mocked(FacePanel).mock.lastCall?.[0];
  act(() => page.querySelector<HTMLElement>('.strip-remove')?.click());
  expect(shown()).toEqual(['b', 'c']);
  act(() => asChosen?.onAdd?.(photo));
  expect(shown()).toEqual(['b', 'c', 'photo']);
  act(() => root.unmount());
  vi.unstubAllGlobals();
});
