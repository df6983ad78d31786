import { FaceMorphError } from '@facemorph/core';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fn, userEvent, within } from 'storybook/test';
import type { FaceModel } from '../../hooks/use-face-model.js';
import { ModelProgress } from './ModelProgress.js';

const loading = (progress: FaceModel['progress']): FaceModel =>
  ({ status: 'loading', model: null, progress, error: null, retry: fn() }) as FaceModel;

const failed = (error: unknown): FaceModel => ({
  status: 'failed',
  model: null,
  progress: null,
  error,
  retry: fn(),
});

const meta: Meta<typeof ModelProgress> = {
  title: 'Parts/ModelProgress',
  component: ModelProgress,
  decorators: [
    (Story) => (
      <div style={{ maxWidth: 360 }}>
        <Story />
      </div>
    ),
  ],
};

export default meta;
type Story = StoryObj<typeof ModelProgress>;

export const Starting: Story = {
  args: { state: loading(null) },
  play: async ({ canvasElement }) => {
    const bar = within(canvasElement).getByRole('progressbar', { name: 'Loading the model' });
    await expect(bar).toHaveAttribute('aria-valuenow', '0');
  },
};

export const Downloading: Story = {
  args: { state: loading({ phase: 'download', loaded: 3_100_000, total: 12_400_000 }) },
  play: async ({ canvasElement }) => {
    const bar = within(canvasElement).getByRole('progressbar');
    await expect(bar).toHaveAttribute('aria-valuetext', 'Fetching the model, 3.1 of 12.4 MB');
    await expect(bar).toHaveAttribute('aria-valuenow', '20');
  },
};

export const WarmingUp: Story = {
  args: { state: loading({ phase: 'compile', loaded: 1, total: 2 }) },
  play: async ({ canvasElement }) => {
    const bar = within(canvasElement).getByRole('progressbar');
    await expect(bar).toHaveAttribute('aria-valuenow', '93');
    await expect(bar).toHaveAttribute('aria-valuetext', 'Warming up the engine');
  },
};

export const Failed: Story = {
  args: {
    state: failed(
      new FaceMorphError('MODEL_INTEGRITY', 'decoder.onnx is not the file that was published', {
        hint: 'A proxy or a stale copy may stand in between: reload without the cache.',
      }),
    ),
  },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement);
    await expect(canvas.getByRole('alert')).toHaveAttribute('data-code', 'MODEL_INTEGRITY');
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }));
    await expect(args.state.retry).toHaveBeenCalledOnce();
  },
};
