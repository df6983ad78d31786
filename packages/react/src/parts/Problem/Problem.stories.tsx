import { FaceMorphError } from '@facemorph/core';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { Problem } from './Problem.js';

const meta: Meta<typeof Problem> = {
  title: 'Parts/Problem',
  component: Problem,
  args: { onDismiss: fn() },
  argTypes: { error: { control: false } },
};

export default meta;
type Story = StoryObj<typeof Problem>;

export const NoFace: Story = {
  args: {
    error: new FaceMorphError('NO_FACE', 'No face was found in this picture', {
      hint: 'Take one in which a face looks at the camera.',
    }),
  },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('alert')).toHaveAttribute('data-code', 'NO_FACE');
    await userEvent.click(canvas.getByRole('button', { name: 'Dismiss' }));
    await expect(args.onDismiss).toHaveBeenCalledOnce();
  },
};

export const Unexpected: Story = { args: { error: new TypeError('x is not a function') } };

export const Dark: Story = { args: NoFace.args ?? {}, globals: { theme: 'dark' } };
