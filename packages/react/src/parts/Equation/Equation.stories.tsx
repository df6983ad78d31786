import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import { Sketched } from '../../testing/Sketched.js';
import { Equation } from './Equation.js';

const meta: Meta<typeof Equation> = {
  title: 'Parts/Equation',
  component: Equation,
  argTypes: { editor: { control: false } },
};

export default meta;

export const Terms: StoryObj<typeof Equation> = {
  render: (args) => (
    <Sketched picture edit={{ strengths: { smiling: 1.5, beard: -0.8 }, keep: [] }}>
      {() => <Equation {...args} />}
    </Sketched>
  ),
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByText('+1.5')).toBeVisible();
    await expect(within(canvasElement).getByText('−0.8')).toBeVisible();
  },
};
