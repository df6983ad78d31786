import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { Sketched } from '../../testing/Sketched.js';
import { AttributeSliders } from './AttributeSliders.js';

const meta: Meta<typeof AttributeSliders> = {
  title: 'Parts/AttributeSliders',
  component: AttributeSliders,
  render: (args) => <Sketched>{() => <AttributeSliders {...args} />}</Sketched>,
  argTypes: { editor: { control: false } },
};

export default meta;
type Story = StoryObj<typeof AttributeSliders>;

export const All: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const group = await canvas.findByRole('button', { name: /accessories/i });
    await userEvent.click(group);
    await expect(await canvas.findByRole('slider', { name: 'Glasses' })).toBeVisible();
  },
};

export const Searched: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(await canvas.findByRole('searchbox'), 'hair');
    await waitFor(() => expect(canvas.getAllByRole('slider').length).toBeGreaterThan(2));
    await expect(canvas.queryByRole('slider', { name: 'Glasses' })).toBeNull();
  },
};

export const NothingFound: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(await canvas.findByRole('searchbox'), 'wings');
    await expect(await canvas.findByText('Nothing is called “wings”.')).toBeVisible();
  },
};

export const Few: Story = {
  args: { only: ['smiling', 'beard', 'eyeglasses'], openGroups: true },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvas.getAllByRole('slider')).toHaveLength(3));
    await userEvent.click(canvas.getByRole('button', { name: 'Keep beard as it is' }));
    await expect(canvas.getByRole('slider', { name: 'Beard' })).toBeDisabled();
  },
};
