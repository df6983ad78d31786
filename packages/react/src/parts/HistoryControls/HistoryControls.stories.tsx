import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { Sketched } from '../../testing/Sketched.js';
import { AttributeSliders } from '../AttributeSliders/AttributeSliders.js';
import { HistoryControls } from './HistoryControls.js';

const meta: Meta<typeof HistoryControls> = {
  title: 'Parts/HistoryControls',
  component: HistoryControls,
  argTypes: { editor: { control: false } },
};

export default meta;
type Story = StoryObj<typeof HistoryControls>;

export const NothingToUndo: Story = {
  render: (args) => <Sketched>{() => <HistoryControls {...args} />}</Sketched>,
  play: async ({ canvasElement }) => {
    const undo = await within(canvasElement).findByRole('button', { name: 'Undo' });
    await expect(undo).toHaveAttribute('aria-disabled', 'true');
  },
};

export const WithSliders: Story = {
  render: (args) => (
    <Sketched picture>
      {() => (
        <>
          <HistoryControls {...args} />
          <AttributeSliders only={['smiling']} legend={false} />
        </>
      )}
    </Sketched>
  ),
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const slider = await canvas.findByRole('slider', { name: 'Smile' });
    slider.focus();
    await userEvent.keyboard('{End}');
    await userEvent.click(canvas.getByRole('button', { name: 'Undo' }));
    await expect(slider).toHaveValue('0');
    await userEvent.click(canvas.getByRole('button', { name: 'Redo' }));
    await expect(slider).toHaveValue('3');
  },
};
