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

/** Anything that was thrown is said, and a problem without an `onDismiss` stays. */
export const Unexpected: Story = {
  args: { error: new TypeError('x is not a function'), onDismiss: undefined },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('alert')).toHaveTextContent('x is not a function');
    await expect(canvas.queryByRole('button')).toBeNull();
  },
};

export const Dark: Story = {
  args: NoFace.args ?? {},
  globals: { theme: 'dark' },
  play: async ({ canvasElement, args }) => {
    const dismiss = within(canvasElement).getByRole('button', { name: 'Dismiss' });
    dismiss.focus();
    await userEvent.keyboard('{Enter}');
    await expect(args.onDismiss).toHaveBeenCalledOnce();
  },
};
