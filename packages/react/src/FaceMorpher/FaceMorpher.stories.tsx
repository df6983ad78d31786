import { type FaceMorph, FaceMorphError } from '@facemorph/core';
import { createFakeAttributes } from '@facemorph/core/testing';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useEffect, useState } from 'react';
import { expect, fireEvent, fn, userEvent, waitFor, within } from 'storybook/test';
import { ModelRegistry } from '../hooks/model-registry.js';
import { ModelRegistryContext } from '../hooks/use-face-model.js';
import { painted } from '../testing/painted.js';
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

const equation = (root: HTMLElement): string | null | undefined =>
  root.querySelector('.fm-equation')?.textContent;

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
    await waitFor(() => expect(equation(canvasElement)).toContain('+2.0 beard'));
    await userEvent.click(canvas.getByRole('button', { name: 'Reset' }));
    await waitFor(() => expect(equation(canvasElement)).toBe('face'));
    await userEvent.click(canvas.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(equation(canvasElement)).toContain('+2.0 beard'));
  },
};

export const Dark: Story = {
  globals: { theme: 'dark' },
  args: { defaultValue: { strengths: { smiling: 2, blond_hair: 1.5 }, keep: [] } },
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    await waitFor(() => expect(equation(canvasElement)).toBe('face+2.0 smile+1.5 blond hair'));
    const smile = canvas.getByRole('slider', { name: 'Smile' });
    smile.focus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(equation(canvasElement)).toBe('face+1.5 blond hair'));
    await userEvent.click(canvas.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(smile).toHaveAttribute('aria-valuetext', 'Smile, plus 2.0, strong'));
    const ground = canvasElement.querySelector('.fm-morpher');
    await expect(ground && getComputedStyle(ground).backgroundColor).toBe('rgb(22, 22, 22)');
  },
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
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    const root = canvasElement.querySelector<HTMLElement>('.fm-morpher');
    const print = canvasElement.querySelector<HTMLElement>('.fm-print');
    if (!root || !print) throw new Error('There is no print');
    await expect(root.scrollWidth).toBeLessThanOrEqual(390);

    // The print stays in sight at the last slider, and shows what it does.
    for (const group of canvas.getAllByRole('button', { expanded: false })) {
      if (group.closest('.fm-group')) await userEvent.click(group);
    }
    const last = canvas.getAllByRole('slider').at(-1)!;
    last.focus();
    last.scrollIntoView({ block: 'end' });
    await userEvent.keyboard('{PageUp}{PageUp}');
    await waitFor(() => expect(equation(canvasElement)).toMatch(/^face\+1\.0 /));
    await expect(print.getBoundingClientRect().top).toBeGreaterThanOrEqual(0);
    await expect(last.getBoundingClientRect().top).toBeGreaterThan(
      print.getBoundingClientRect().bottom,
    );

    // Tools have lost their words, not their names; the menu opens within the phone.
    const { left, right } = root.getBoundingClientRect();
    await userEvent.click(canvas.getByRole('button', { name: 'More ways to save' }));
    const menu = (await canvas.findByRole('menu')).getBoundingClientRect();
    await expect(menu.left).toBeGreaterThanOrEqual(left);
    await expect(menu.right).toBeLessThanOrEqual(right);
    await expect(menu.top).toBeGreaterThanOrEqual(0);
    await userEvent.keyboard('{Escape}');
    await userEvent.click(canvas.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(equation(canvasElement)).toMatch(/^face\+0\.5 /));
    scrollTo(0, 0);
  },
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
