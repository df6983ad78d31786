import type { Face } from '@facemorph/core';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, fireEvent, userEvent, waitFor, within } from 'storybook/test';
import { useMorph } from '../../hooks/use-morph.js';
import { useSketchFaces, useSketchModel } from '../../testing/Sketched.js';
import { FaceCanvas } from '../FaceCanvas/FaceCanvas.js';
import { MorphTimeline } from './MorphTimeline.js';

const NONE: readonly Face[] = [];

function ThreeFaces(): ReactNode {
  const model = useSketchModel();
  const faces = useSketchFaces(3) ?? NONE;
  const morph = useMorph({ model, faces });
  return (
    <div style={{ display: 'grid', gap: 16, maxWidth: 260 }}>
      <FaceCanvas source={morph.source} />
      <MorphTimeline morph={morph} />
    </div>
  );
}

const meta: Meta<typeof MorphTimeline> = {
  title: 'Parts/MorphTimeline',
  component: MorphTimeline,
  render: () => <ThreeFaces />,
  argTypes: { morph: { control: false } },
};

export default meta;

export const Scrubbed: StoryObj<typeof MorphTimeline> = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const position = canvas.getByRole('slider', { name: 'Position of the morph' });
    await waitFor(() => expect(position).toBeEnabled());
    await fireEvent.change(position, { target: { value: '1' } });
    await expect(position).toHaveAttribute('aria-valuetext', '100 %');
    await userEvent.click(canvas.getByRole('button', { name: 'Play' }));
    await userEvent.click(await canvas.findByRole('button', { name: 'Pause' }));
    await canvas.findByRole('button', { name: 'Play' });
    await fireEvent.change(position, { target: { value: '0.25' } });
    await expect(position).toHaveAttribute('aria-valuetext', '25 %');
  },
};
