import type { Meta, StoryObj } from '@storybook/react-vite';
import { StrictMode, useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { FaceMorpher } from './FaceMorpher.js';

const meta: Meta<typeof FaceMorpher> = {
  title: 'Live/FaceMorpher',
  component: FaceMorpher,
  args: { video: () => import('mediabunny') },
  argTypes: { video: { control: false }, load: { control: false } },
  parameters: { layout: 'fullscreen' },
};

export default meta;
type Story = StoryObj<typeof FaceMorpher>;

/** The real model, fetched once. Everything else in this book is drawn by a stand-in. */
export const RealModel: Story = {
  play: async ({ canvasElement }) => {
    const sequence = (): number =>
      Number(canvasElement.querySelector<HTMLElement>('canvas')?.dataset.sequence ?? -1);
    await waitFor(() => expect(sequence()).toBeGreaterThanOrEqual(0), { timeout: 60_000 });
    const before = sequence();
    within(canvasElement).getByRole('slider', { name: 'Smile' }).focus();
    await userEvent.keyboard('{PageUp}{PageUp}');
    await waitFor(() => expect(sequence()).toBeGreaterThan(before), { timeout: 10_000 });
  },
};

/** Under StrictMode, and gone with all that it held when it is hidden: Worker, session, listeners. */
export const ComesAndGoes: Story = {
  parameters: { layout: 'padded' },
  render: function Render(args) {
    const [shown, setShown] = useState(false);
    return (
      <StrictMode>
        <label>
          <input
            type="checkbox"
            checked={shown}
            onChange={(event) => setShown(event.target.checked)}
          />{' '}
          Shown
        </label>
        {shown && <FaceMorpher {...args} />}
      </StrictMode>
    );
  },
};
