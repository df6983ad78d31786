import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { FaceMorpher } from './FaceMorpher.js';

const meta: Meta<typeof FaceMorpher> = {
  title: 'Live/FaceMorpher',
  component: FaceMorpher,
  parameters: { layout: 'fullscreen' },
};

export default meta;

/** The real model: 9 MB, fetched once. Everything else in this book is drawn by a stand-in. */
export const RealModel: StoryObj<typeof FaceMorpher> = {
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
