import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ReactNode } from 'react';
import { expect, fireEvent, waitFor, within } from 'storybook/test';
import { type Corners, useMix } from '../../hooks/use-mix.js';
import { useSketchFaces, useSketchModel } from '../../testing/Sketched.js';
import { FaceCanvas } from '../FaceCanvas/FaceCanvas.js';
import { MixPad } from './MixPad.js';

function FourFaces(): ReactNode {
  const model = useSketchModel();
  const corners = useSketchFaces(4) as Corners | null;
  const mix = useMix({ model, corners });
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 24, maxWidth: 560 }}>
      <MixPad mix={mix} />
      <FaceCanvas source={mix.source} style={{ width: 240 }} />
    </div>
  );
}

const meta: Meta<typeof MixPad> = {
  title: 'Parts/MixPad',
  component: MixPad,
  render: () => <FourFaces />,
  argTypes: { mix: { control: false } },
};

export default meta;

export const FourCorners: StoryObj<typeof MixPad> = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvasElement.querySelectorAll('canvas')).toHaveLength(5));
    const across = canvas.getByRole('slider', { name: 'Mix from left to right' });
    await fireEvent.change(across, { target: { value: '0.2' } });
    await expect(across).toHaveAttribute('aria-valuetext', '20 %');
  },
};
