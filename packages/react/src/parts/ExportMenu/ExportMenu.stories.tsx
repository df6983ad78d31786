import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { Sketched } from '../../testing/Sketched.js';
import { ExportMenu } from './ExportMenu.js';

/** What only an edited face has is in the menu: animations, and the edit itself as a recipe. */
const SMILE = { strengths: { smiling: 1.5 }, keep: [] };

const meta: Meta<typeof ExportMenu> = {
  title: 'Parts/ExportMenu',
  component: ExportMenu,
  argTypes: { editor: { control: false } },
  render: (args) => <Sketched edit={SMILE}>{() => <ExportMenu {...args} />}</Sketched>,
};

export default meta;
type Story = StoryObj<typeof ExportMenu>;

/** Escape closes it and gives the focus back to the button that opened it. */
export const Closed: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const opener = await canvas.findByRole('button', { name: 'More ways to save' });
    await waitFor(() => expect(opener).toBeEnabled());
    await expect(canvas.getByRole('button', { name: 'Save PNG' })).toBeEnabled();
    await userEvent.click(opener);
    await canvas.findByRole('menu');
    await userEvent.keyboard('{Escape}');
    await expect(canvas.queryByRole('menu')).toBeNull();
    await expect(opener).toHaveFocus();
  },
};

/** Left open. The room below is the menu's, which hangs over what is there. */
export const Open: Story = {
  decorators: [
    (Story) => (
      <div style={{ width: 260, minHeight: 380, display: 'grid', placeItems: 'start end' }}>
        <Story />
      </div>
    ),
  ],
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const opener = await canvas.findByRole('button', { name: 'More ways to save' });
    await waitFor(() => expect(opener).toBeEnabled());
    opener.focus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(await canvas.findByRole('menuitem', { name: 'Save as PNG' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect(canvas.getByRole('menuitem', { name: 'Save as WebP' })).toHaveFocus();
    await userEvent.keyboard('{End}');
    await expect(canvas.getByRole('menuitem', { name: 'Open a recipe' })).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}');
    await expect(canvas.getByRole('menuitem', { name: 'Save the edit as a recipe' })).toHaveFocus();
    await expect(opener).toHaveAttribute('aria-expanded', 'true');
  },
};
