import type { Face, Photo } from '@facemorph/core';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { useSketchFaces } from '../../testing/Sketched.js';
import { FacePicker } from './FacePicker.js';

function ThreePeople(): ReactNode {
  const faces = useSketchFaces(3, 11);
  const [chosen, setChosen] = useState<Face | null>(null);
  if (!faces) return null;
  // All that the picker reads of a photo.
  const photo = { faces } as unknown as Photo;
  return <FacePicker photo={photo} chosen={chosen ?? (faces[0] as Face)} onChoose={setChosen} />;
}

const meta: Meta<typeof FacePicker> = {
  title: 'Parts/FacePicker',
  component: FacePicker,
  render: () => <ThreePeople />,
  argTypes: { photo: { control: false }, chosen: { control: false } },
};

export default meta;

export const ThreeFaces: StoryObj<typeof FacePicker> = {
  play: async ({ canvasElement }) => {
    const third = await within(canvasElement).findByRole('button', { name: 'Face 3' });
    await waitFor(() => expect(third).toBeEnabled());
    await userEvent.click(third);
    await expect(third).toHaveAttribute('aria-pressed', 'true');
  },
};
