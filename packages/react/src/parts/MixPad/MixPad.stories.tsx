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
    <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 24, maxWidth: 624 }}>
      <MixPad mix={mix} />
      <FaceCanvas source={mix.source} />
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
    const drawn = (): NodeListOf<Element> =>
      canvasElement.querySelectorAll('.fm-mix-pad [data-ready]');
    await waitFor(() => expect(drawn()).toHaveLength(25), { timeout: 15_000 });
    const across = canvas.getByRole('slider', { name: 'Mix from left to right' });
    await fireEvent.change(across, { target: { value: '0.25' } });
    await expect(across).toHaveAttribute('aria-valuetext', '25 %');
  },
};

/** By arrow keys, one step after another; the point says where the focus is. */
export const Dark: StoryObj<typeof MixPad> = {
  globals: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const down = await canvas.findByRole('slider', { name: 'Mix from top to bottom' });
    const picture = (): string | undefined =>
      canvasElement.querySelector<HTMLElement>('.fm-canvas')?.dataset.sequence;
    await waitFor(() => expect(picture()).toBeDefined(), { timeout: 15_000 });
    const before = picture();
    down.focus();
    await fireEvent.change(down, { target: { value: '1' } });
    await expect(down).toHaveAttribute('aria-valuetext', '100 %');
    await waitFor(() => expect(picture()).not.toBe(before));
  },
};
