import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, waitFor, within } from 'storybook/test';
import { Sketched } from '../../testing/Sketched.js';
import { FaceCanvas } from './FaceCanvas.js';

const meta: Meta<typeof FaceCanvas> = {
  title: 'Parts/FaceCanvas',
  component: FaceCanvas,
  args: { comparing: false, size: 512, style: { maxWidth: 260 } },
  render: (args) => (
    <Sketched edit={{ strengths: { smiling: 2.5, blond_hair: 2 }, keep: [] }}>
      {({ editor }) => <FaceCanvas {...args} source={editor.live} original={editor.original} />}
    </Sketched>
  ),
  argTypes: { source: { control: false }, original: { control: false } },
};

export default meta;
type Story = StoryObj<typeof FaceCanvas>;

export const Picture: Story = {
  play: async ({ canvasElement }) => {
    const picture = await within(canvasElement).findByRole('img', { name: 'The edited face' });
    await waitFor(() => expect(picture).toHaveAttribute('data-sequence'));
  },
};

export const Comparing: Story = {
  args: { comparing: true },
  play: async ({ canvasElement }) => {
    const name = 'The face before the edit';
    await expect(await within(canvasElement).findByRole('img', { name })).toBeVisible();
  },
};
