import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, fn, userEvent, within } from 'storybook/test';
import { AttributeSlider } from './AttributeSlider.js';

const meta: Meta<typeof AttributeSlider> = {
  title: 'Parts/AttributeSlider',
  component: AttributeSlider,
  args: {
    attribute: { name: 'smiling', label: 'Smile', range: [-3, 3] },
    strength: 0,
    onPreview: fn(),
    onCommit: fn(),
  },
  argTypes: { strength: { control: { type: 'range', min: -3, max: 3, step: 0.1 } } },
  decorators: [
    (Story) => (
      <div style={{ maxWidth: 360 }}>
        <Story />
      </div>
    ),
  ],
};

export default meta;
type Story = StoryObj<typeof AttributeSlider>;

export const AtRest: Story = {
  play: async ({ canvasElement, args }) => {
    const slider = within(canvasElement).getByRole('slider', { name: 'Smile' });
    slider.focus();
    await userEvent.keyboard('{ArrowRight}{PageUp}');
    await expect(args.onPreview).toHaveBeenLastCalledWith('smiling', 0.6);
    await expect(args.onCommit).toHaveBeenLastCalledWith('smiling', 0.6);
    await expect(slider).toHaveAttribute('aria-valuetext', 'Smile, plus 0.6, clear');
    await userEvent.keyboard('{Home}');
    await expect(slider).toHaveValue('-3');
    await userEvent.keyboard('{Escape}');
    await expect(slider).toHaveAttribute('aria-valuetext', 'Smile, as it is');
  },
};

export const Edited: Story = {
  args: { strength: 1.5 },
  play: async ({ canvasElement, args }) => {
    const slider = within(canvasElement).getByRole('slider', { name: 'Smile' });
    await expect(slider).toHaveAttribute('aria-valuetext', 'Smile, plus 1.5, strong');
    await fireEvent.dblClick(slider);
    await expect(args.onCommit).toHaveBeenLastCalledWith('smiling', 0);
  },
};

/** The dot is where the average face stands, seen from this one. */
export const WithAverageAndLock: Story = {
  args: { strength: -0.8, measured: 1.3, onToggleKeep: fn() },
  play: async ({ canvasElement, args }) => {
    await userEvent.click(
      within(canvasElement).getByRole('button', { name: 'Keep smile as it is' }),
    );
    await expect(args.onToggleKeep).toHaveBeenCalledWith('smiling');
  },
};

export const Kept: Story = {
  args: { kept: true, onToggleKeep: fn() },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('slider', { name: 'Smile' })).toBeDisabled();
    await expect(canvas.getByRole('button')).toHaveAttribute('aria-pressed', 'true');
  },
};

export const Entangled: Story = {
  args: { strength: 1.2, alsoChanges: ['High cheekbones', 'Open mouth'], onToggleKeep: fn() },
  play: async ({ canvasElement }) => {
    const slider = within(canvasElement).getByRole('slider', { name: 'Smile' });
    await expect(slider).toHaveAccessibleDescription('also changes high cheekbones, open mouth');
  },
};

/** The locks of other attributes allowed only a part. */
export const HeldByLocks: Story = {
  args: { strength: 2.4, reached: 0.9, onToggleKeep: fn() },
  play: async ({ canvasElement }) => {
    const slider = within(canvasElement).getByRole('slider', { name: 'Smile' });
    await expect(slider).toHaveAccessibleDescription('reached +0.9: the locks hold');
  },
};

export const RightToLeft: Story = {
  args: { strength: 1, measured: 0.5, onToggleKeep: fn() },
  globals: { direction: 'rtl' },
  play: async ({ canvasElement }) => {
    const slider = within(canvasElement).getByRole('slider', { name: 'Smile' });
    slider.focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect(slider).toHaveValue('1.1');
  },
};

export const Dark: Story = {
  args: { strength: -1.4, measured: 0.5, onToggleKeep: fn() },
  globals: { theme: 'dark' },
  play: async ({ canvasElement, args }) => {
    const slider = within(canvasElement).getByRole('slider', { name: 'Smile' });
    slider.focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect(args.onCommit).toHaveBeenLastCalledWith('smiling', -1.5);
    await expect(slider).toHaveAttribute('aria-valuetext', 'Smile, minus 1.5, strong');
  },
};
