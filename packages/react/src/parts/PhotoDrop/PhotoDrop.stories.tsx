import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import { PhotoDrop } from './PhotoDrop.js';

const meta: Meta<typeof PhotoDrop> = {
  title: 'Parts/PhotoDrop',
  component: PhotoDrop,
  args: { onPhoto: fn(), camera: true },
};

export default meta;
type Story = StoryObj<typeof PhotoDrop>;

const file = new File(['picture'], 'me.png', { type: 'image/png' });

export const Waiting: Story = {
  play: async ({ canvasElement, args }) => {
    const input = within(canvasElement).getByLabelText('A picture of a face');
    await userEvent.upload(input, file);
    await expect(args.onPhoto).toHaveBeenCalledWith(file);
  },
};

/** Something hovers over it. */
export const Over: Story = {
  play: async ({ canvasElement }) => {
    const data = new DataTransfer();
    data.items.add(file);
    const target = canvasElement.querySelector('.fm-drop') as HTMLElement;
    target.dispatchEvent(
      new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer: data }),
    );
    await expect(await within(canvasElement).findByText('Drop a photo')).toBeVisible();
  },
};
