import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, waitFor, within } from 'storybook/test';
import { Sketched } from '../../testing/Sketched.js';
import { CompareView } from './CompareView.js';

const meta: Meta<typeof CompareView> = {
  title: 'Parts/CompareView',
  component: CompareView,
  args: { defaultSplit: 0.5, style: { maxWidth: 300 } },
  argTypes: { editor: { control: false } },
  render: (args) => (
    <Sketched edit={{ strengths: { smiling: 2.5, blond_hair: 2.5 }, keep: [] }}>
      {() => <CompareView {...args} />}
    </Sketched>
  ),
};

export default meta;
type Story = StoryObj<typeof CompareView>;

export const Split: Story = {
  play: async ({ canvasElement }) => {
    const divider = await within(canvasElement).findByRole('slider');
    const root = canvasElement.querySelector<HTMLElement>('.fm-compare');
    await expect(root?.style.getPropertyValue('--fm-split')).toBe('0.5');
    await waitFor(async () => {
      await fireEvent.input(divider, { target: { value: '62' } });
      expect(root?.style.getPropertyValue('--fm-split')).toBe('0.62');
    });
  },
};
