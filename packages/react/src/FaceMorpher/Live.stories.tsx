import type { Meta, StoryObj } from '@storybook/react-vite';
import { StrictMode, useState } from 'react';
import { expect, fireEvent, userEvent, waitFor, within } from 'storybook/test';
import { FaceMorpher } from './FaceMorpher.js';

const meta: Meta<typeof FaceMorpher> = {
  title: 'Live/FaceMorpher',
  component: FaceMorpher,
  args: { video: () => import('mediabunny') },
  argTypes: { video: { control: false }, load: { control: false } },
  parameters: { layout: 'fullscreen' },
};

export default meta;
type Story = StoryObj<typeof FaceMorpher>;

/**
 * The real model, fetched once. Everything else in this book is drawn by a stand-in. Here a drag of
 * the slider, one small step after another as a pointer makes them, redraws the face on its way.
 */
export const RealModel: Story = {
  play: async ({ canvasElement }) => {
    const canvas = await firstPicture(canvasElement);
    const before = pixelsOf(canvas);
    const smile = within(canvasElement).getByRole<HTMLInputElement>('slider', { name: 'Smile' });
    const sequences = new Set<string | undefined>();
    for (let step = 1; step <= 20; step++) {
      fireEvent.input(smile, { target: { value: String(step / 10) } });
      await nextFrame();
      sequences.add(canvas.dataset.sequence);
    }
    fireEvent.pointerUp(smile);
    await expect(smile).toHaveAttribute('aria-valuetext', 'Smile, plus 2.0, strong');
    await expect(sequences.size).toBeGreaterThan(1);
    await waitFor(() => expect(distance(before, pixelsOf(canvas))).toBeGreaterThan(1), {
      timeout: 10_000,
    });
    // Back where it was, the face is the one that it was.
    smile.focus();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(distance(before, pixelsOf(canvas))).toBeLessThan(0.1), {
      timeout: 10_000,
    });
    await userEvent.keyboard('{PageUp}{PageUp}');
    await expect(smile).toHaveAttribute('aria-valuetext', 'Smile, plus 1.0, clear');
  },
};

/** Under StrictMode, and gone with all that it held when it is hidden: Worker, session, listeners. */
export const ComesAndGoes: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const shown = canvas.getByRole('checkbox', { name: 'Shown' });
    await userEvent.click(shown);
    await waitFor(() => expect(canvasElement.querySelector('.fm-morpher')).not.toBeNull());
    await userEvent.click(shown);
    await expect(canvasElement.querySelector('.fm-morpher')).toBeNull();
  },
  parameters: { layout: 'padded' },
  render: function Render(args) {
    const [shown, setShown] = useState(false);
    return (
      <StrictMode>
        <label>
          <input
            type="checkbox"
            checked={shown}
            onChange={(event) => setShown(event.target.checked)}
          />{' '}
          Shown
        </label>
        {shown && <FaceMorpher {...args} />}
      </StrictMode>
    );
  },
};

/** The canvas, once the model has drawn a face on it. */
async function firstPicture(root: HTMLElement): Promise<HTMLCanvasElement> {
  const drawn = (): HTMLCanvasElement | null => root.querySelector('canvas[data-sequence]');
  await waitFor(() => expect(drawn()).not.toBeNull(), { timeout: 60_000 });
  return drawn() as HTMLCanvasElement;
}

function pixelsOf(canvas: HTMLCanvasElement): Uint8ClampedArray {
  const { width, height } = canvas;
  const image = canvas.getContext('2d')?.getImageData(0, 0, width, height);
  return image?.data ?? new Uint8ClampedArray();
}

/** How far two pictures are apart: mean levels of 0..255 a value. */
function distance(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
