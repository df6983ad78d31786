import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { Sketched } from '../../testing/Sketched.js';
import { ExportMenu } from './ExportMenu.js';

const meta: Meta<typeof ExportMenu> = {
  title: 'Parts/ExportMenu',
  component: ExportMenu,
  argTypes: { editor: { control: false } },
  render: (args) => <Sketched>{() => <ExportMenu {...args} />}</Sketched>,
  decorators: [
    (Story) => (
      <div style={{ minHeight: 280, display: 'grid', alignContent: 'end', justifyItems: 'center' }}>
        <Story />
      </div>
    ),
  ],
};

export default meta;
type Story = StoryObj<typeof ExportMenu>;

export const Closed: Story = {
  play: async ({ canvasElement }) => {
    await expect(
      await within(canvasElement).findByRole('button', { name: 'Save PNG' }),
    ).toBeVisible();
  },
};

export const Open: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const opener = await canvas.findByRole('button', { name: 'More ways to save' });
    await waitFor(() => expect(opener).toBeEnabled());
    opener.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(await canvas.findByRole('menuitem', { name: 'Save as PNG' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(canvas.getByRole('menuitem', { name: 'Save as WebP' })).toHaveFocus();
  },
};
