import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, fn, within } from 'storybook/test';
import { CompareButton } from './CompareButton.js';

const meta: Meta<typeof CompareButton> = {
  title: 'Parts/CompareButton',
  component: CompareButton,
  args: { comparing: false, onCompare: fn() },
};

export default meta;

export const Held: StoryObj<typeof CompareButton> = {
  play: async ({ canvasElement, args }) => {
    const button = within(canvasElement).getByRole('button', { name: 'Hold to compare' });
    await fireEvent.keyDown(button, { key: ' ' });
    await expect(args.onCompare).toHaveBeenLastCalledWith(true);
    await fireEvent.keyUp(button, { key: ' ' });
    await expect(args.onCompare).toHaveBeenLastCalledWith(false);
  },
};
