import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useState } from 'react';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { useSketchFaces } from '../../testing/Sketched.js';
import { FaceGrid, type FaceGridProps } from './FaceGrid.js';

const NONE: FaceGridProps['faces'] = [];

function Chooser(props: FaceGridProps): ReactNode {
  const faces = useSketchFaces(12) ?? NONE;
  const [chosen, setChosen] = useState(props.chosen);
  return (
    <FaceGrid
      {...props}
      faces={faces}
      chosen={chosen}
      onChoose={(index, face) => {
        setChosen(index);
        props.onChoose(index, face);
      }}
    />
  );
}

const meta: Meta<typeof FaceGrid> = {
  title: 'Parts/FaceGrid',
  component: FaceGrid,
  args: { onChoose: fn(), chosen: 2, places: 12, style: { maxWidth: 420 } },
  argTypes: { faces: { control: false } },
};

export default meta;
type Story = StoryObj<typeof FaceGrid>;

export const Faces: Story = {
  render: (args) => <Chooser {...args} />,
  play: async ({ canvasElement, args }) => {
    const last = await within(canvasElement).findByRole('button', { name: 'Face 12' });
    await waitFor(() => expect(last).toBeEnabled(), { timeout: 15_000 });
    await userEvent.click(last);
    await expect(last).toHaveAttribute('aria-pressed', 'true');
    await expect(args.onChoose).toHaveBeenCalledOnce();
  },
};

/** Places for faces that are not there yet are kept, and cannot be chosen. */
export const StillToCome: Story = {
  args: { faces: NONE },
  play: async ({ canvasElement, args }) => {
    const places = within(canvasElement).getAllByRole('button', { name: /^Face \d+$/ });
    await expect(places).toHaveLength(12);
    for (const place of places) await expect(place).toBeDisabled();
    await fireEvent.click(places[0] as HTMLElement);
    await expect(args.onChoose).not.toHaveBeenCalled();
  },
};
