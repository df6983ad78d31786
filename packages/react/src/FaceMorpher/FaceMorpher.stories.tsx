import { type FaceMorph, FaceMorphError } from '@facemorph/core';
import { createFakeAttributes } from '@facemorph/core/testing';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useEffect, useState } from 'react';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { ModelRegistry } from '../hooks/model-registry.js';
import { ModelRegistryContext } from '../hooks/use-face-model.js';
import { useSketchModel } from '../testing/Sketched.js';
import { loadSketchModel } from '../testing/sketch-model.js';
import { FaceMorpher, type FaceMorpherProps } from './FaceMorpher.js';

function OnSketches(props: FaceMorpherProps): ReactNode {
  const model = useSketchModel();
  return model && <FaceMorpher {...props} load={{ model }} />;
}

/** The model comes, or does not come, as a story wants it. */
function withLoad(
  load: ConstructorParameters<typeof ModelRegistry>[0],
): NonNullable<Story['render']> {
  const registry = new ModelRegistry(load);
  return () => (
    <ModelRegistryContext.Provider value={registry}>
      <FaceMorpher />
    </ModelRegistryContext.Provider>
  );
}

const meta: Meta<typeof FaceMorpher> = {
  title: 'FaceMorpher',
  component: FaceMorpher,
  render: (args) => <OnSketches {...args} />,
  args: { onChange: fn(), onCommit: fn(), onError: fn() },
  argTypes: {
    theme: { control: 'inline-radio', options: ['auto', 'light', 'dark'] },
    views: { control: 'check', options: ['edit', 'faces', 'morph'] },
    load: { control: false },
    source: { control: 'object' },
    labels: { control: false },
  },
  parameters: { layout: 'fullscreen' },
};

export default meta;
type Story = StoryObj<typeof FaceMorpher>;

const painted = (root: HTMLElement): Promise<void> =>
  waitFor(() => expect(root.querySelector('canvas[data-sequence]')).not.toBeNull(), {
    timeout: 10_000,
  });

export const Ready: Story = {
  play: async ({ canvasElement, args }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    const smile = canvas.getByRole('slider', { name: 'Smile' });
    smile.focus();
    await userEvent.keyboard('{PageUp}{PageUp}{PageUp}');
    await expect(smile).toHaveAttribute('aria-valuetext', 'Smile, plus 1.5, strong');
    await expect(args.onCommit).toHaveBeenLastCalledWith({
      strengths: { smiling: 1.5 },
      keep: [],
    });
    await userEvent.click(canvas.getByRole('button', { name: 'Undo' }));
    await expect(smile).toHaveAttribute('aria-valuetext', 'Smile, plus 1.0, clear');
    await userEvent.click(canvas.getByRole('button', { name: 'Redo' }));
    await expect(smile).toHaveAttribute('aria-valuetext', 'Smile, plus 1.5, strong');
  },
};

export const Faces: Story = {
  args: { source: { seed: 7, index: 1 } },
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('tab', { name: 'Faces' }));
    const chosen = await canvas.findByRole('button', { name: 'Face 2' });
    await expect(chosen).toHaveAttribute('aria-pressed', 'true');
    const last = canvas.getByRole('button', { name: 'Face 24' });
    await waitFor(() => expect(last).toBeEnabled(), { timeout: 20_000 });
    await userEvent.click(last);
    await expect(last).toHaveAttribute('aria-pressed', 'true');
  },
};

export const Morph: Story = {
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    await userEvent.click(canvas.getByRole('tab', { name: 'Morph' }));
    const last = await canvas.findByRole('button', { name: 'Face 24' });
    await waitFor(() => expect(last).toBeEnabled(), { timeout: 20_000 });
    await userEvent.click(canvas.getByRole('button', { name: 'Face 2' }));
    const position = canvas.getByRole('slider', { name: 'Position of the morph' });
    await waitFor(() => expect(position).toBeEnabled());
    await fireEvent.change(position, { target: { value: '1' } });
    await waitFor(() => expect(position).toHaveAttribute('aria-valuetext', '100 %'));
  },
};

export const OnlySliders: Story = {
  args: {
    views: ['edit'],
    camera: false,
    defaultValue: { strengths: { beard: 2 }, keep: ['male'] },
  },
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    await expect(canvas.queryByRole('tab')).toBeNull();
    const terms = (): string | null | undefined =>
      canvasElement.querySelector('.fm-equation')?.textContent;
    await waitFor(() => expect(terms()).toContain('+2.0 beard'));
    await userEvent.click(canvas.getByRole('button', { name: 'Reset' }));
    await waitFor(() => expect(terms()).toBe('face'));
    await userEvent.click(canvas.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(terms()).toContain('+2.0 beard'));
  },
};

export const Dark: Story = {
  globals: { theme: 'dark' },
  args: { defaultValue: { strengths: { smiling: 2, blond_hair: 1.5 }, keep: [] } },
  play: async ({ canvasElement }) => painted(canvasElement),
};

/** Another language, from right to left. Sliders and tabs run the other way, pictures do not. */
export const RightToLeft: Story = {
  globals: { direction: 'rtl' },
  args: {
    labels: {
      undo: 'تراجع',
      redo: 'إعادة',
      reset: 'إعادة ضبط',
      compare: 'قارن',
      save: 'حفظ PNG',
      choosePhoto: 'وجهك',
      editView: 'تعديل',
      facesView: 'وجوه',
      morphView: 'تحويل',
      attribute: (name, label) => (name === 'smiling' ? 'ابتسامة' : label),
      headline: (title) => (title === 'Smile' ? 'ابتسامة' : title),
    },
  },
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const smile = within(canvasElement).getByRole('slider', { name: 'ابتسامة' });
    smile.focus();
    await userEvent.keyboard('{ArrowLeft}');
    await expect(smile).toHaveValue('0.1');
  },
};

export const Phone: Story = {
  decorators: [
    (Story) => (
      <div style={{ width: 390, margin: '0 auto' }}>
        <Story />
      </div>
    ),
  ],
  play: async ({ canvasElement }) => painted(canvasElement),
};

/** A sidebar of 240 px: nothing may stick out. */
export const TinyContainer: Story = {
  decorators: [
    (Story) => (
      <div style={{ width: 240 }}>
        <Story />
      </div>
    ),
  ],
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const root = canvasElement.querySelector('.fm-morpher');
    await expect(root?.scrollWidth).toBeLessThanOrEqual(240);
  },
};

export const Loading: Story = {
  render: withLoad(({ onProgress }) => {
    onProgress?.({ phase: 'download', loaded: 5_200_000, total: 12_400_000 });
    return new Promise(() => {});
  }),
  play: async ({ canvasElement }) => {
    const bar = await within(canvasElement).findByRole('progressbar');
    await waitFor(() => expect(bar).toHaveAttribute('aria-valuenow', '34'));
  },
};

export const Offline: Story = {
  render: withLoad(async () => {
    throw new FaceMorphError('NETWORK', 'The model could not be fetched', {
      hint: 'Look at the connection and try again.',
    });
  }),
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByText('The model did not load');
    await expect(canvas.getByRole('alert')).toHaveAttribute('data-code', 'NETWORK');
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }));
    await canvas.findByText('The model did not load');
  },
};

/** Attributes that were learnt on another model are refused, not applied. */
export const WrongModel: Story = {
  render: withLoad((options) =>
    loadSketchModel({
      signal: options.signal,
      attributes: createFakeAttributes({ sha256: '0'.repeat(64) }),
    }),
  ),
  play: async ({ canvasElement }) => {
    const alert = await within(canvasElement).findByRole('alert');
    await expect(alert).toHaveAttribute('data-code', 'MODEL_MISMATCH');
  },
};

/** A picture in which nobody is found: said in words, and the face before stays. */
export const NoFace: Story = {
  render: function Render(args) {
    const [model, setModel] = useState<FaceMorph | null>(null);
    useEffect(() => {
      loadSketchModel({ locator: { locate: async () => [] } }).then(setModel);
    }, []);
    return <>{model && <FaceMorpher {...args} load={{ model }} />}</>;
  },
  play: async ({ canvasElement, args }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    await userEvent.upload(canvas.getByLabelText('A picture of a face'), await emptyPicture());
    await expect(await canvas.findByRole('alert')).toHaveAttribute('data-code', 'NO_FACE');
    await expect(args.onError).toHaveBeenCalled();
    await expect(canvas.getByRole('slider', { name: 'Smile' })).toBeEnabled();
  },
};

/** A file that is no picture at all. */
export const NoPicture: Story = {
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    const file = new File(['no picture'], 'notes.png', { type: 'image/png' });
    await userEvent.upload(canvas.getByLabelText('A picture of a face'), file);
    await canvas.findByRole('alert');
    await userEvent.click(canvas.getByRole('button', { name: 'Dismiss' }));
    await expect(canvas.queryByRole('alert')).toBeNull();
  },
};

async function emptyPicture(): Promise<File> {
  const canvas = new OffscreenCanvas(300, 300);
  canvas.getContext('2d')?.fillRect(0, 0, 300, 300);
  return new File([await canvas.convertToBlob()], 'night.png', { type: 'image/png' });
}
