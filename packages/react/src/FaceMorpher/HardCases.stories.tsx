import type { FaceLocator, FaceMorph, LocatedFace } from '@facemorph/core';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useEffect, useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { englishLabels, type Labels } from '../labels/labels.js';
import { painted } from '../testing/painted.js';
import { drawSketch } from '../testing/sketch.js';
import { loadSketchModel } from '../testing/sketch-model.js';
import { FaceMorpher, type FaceMorpherProps } from './FaceMorpher.js';

const PEOPLE = 12;
const HEAD = 128;

/** Finds as many faces as anybody has in a photo, all in a row. */
const crowd: FaceLocator = {
  locate: async () => Array.from({ length: PEOPLE }, (_, i) => faceAt(i * HEAD)),
};

function faceAt(x: number): LocatedFace {
  return {
    landmarks: [
      [x + 48, 58],
      [x + 80, 58],
      [x + 64, 80],
      [x + 50, 91],
      [x + 78, 91],
    ],
    confidence: 1,
    box: { x: x + 28, y: 30, width: 72, height: 86 },
  };
}

function WithCrowd(props: FaceMorpherProps): ReactNode {
  const [model, setModel] = useState<FaceMorph | null>(null);
  useEffect(() => {
    loadSketchModel({ locator: crowd }).then(setModel);
  }, []);
  return model && <FaceMorpher {...props} load={{ model }} />;
}

function inside(width: number): NonNullable<Story['decorators']> {
  return [
    (Story) => (
      <div style={{ width, margin: '0 auto' }}>
        <Story />
      </div>
    ),
  ];
}

const meta: Meta<typeof FaceMorpher> = {
  title: 'FaceMorpher/Hard cases',
  component: FaceMorpher,
  render: (args) => <WithCrowd {...args} />,
  argTypes: { load: { control: false }, source: { control: false }, labels: { control: false } },
  parameters: { layout: 'fullscreen' },
};

export default meta;
type Story = StoryObj<typeof FaceMorpher>;

/** Faces to choose from lie in one row, which is scrolled: the print and the tools keep their place. */
export const Crowd: Story = {
  decorators: inside(390),
  play: async ({ canvasElement }) => {
    await painted(canvasElement);
    const canvas = within(canvasElement);
    await userEvent.upload(canvas.getByLabelText('A picture of a face'), await photoOfCrowd());
    const row = await canvas.findByRole('list', { name: 'Faces in this photo' });
    const last = within(row).getByRole('button', { name: `Face ${PEOPLE}` });
    await waitFor(() => expect(last).toBeEnabled());
    await expect(row.clientHeight).toBeLessThan(80);
    const bottomOf = (query: string): number =>
      canvasElement.querySelector(query)?.getBoundingClientRect().bottom ?? Number.NaN;
    await expect(bottomOf('.fm-stage-tools')).toBeLessThan(row.getBoundingClientRect().top);
    await expect(bottomOf('.fm-stage')).toBeLessThan(500);
    await userEvent.click(last);
    await expect(last).toHaveAttribute('aria-pressed', 'true');
    row.scrollTo(0, 0);
  },
};

/** Words of another language may be long: they take a line more, and cover nothing. */
const longLabels: Partial<Labels> = {
  attribute: (_name, label) => `Ausprägung der Eigenschaft ${label}`,
  headline: (title) => `Veränderung des Merkmals ${title}`,
  group: (group) => `Eigenschaftengruppe ${englishLabels.group(group)}`,
  choosePhoto: 'Ein Foto von Ihrem Gesicht auswählen',
  compare: 'Gedrückt halten zum Vergleichen',
  save: 'Als PNG-Datei abspeichern',
  saveAs: (format) => `Das Bild als ${format}-Datei abspeichern`,
  editView: 'Gesicht bearbeiten',
  facesView: 'Ausgedachte Gesichter',
  morphView: 'Ineinander überblenden',
  thisFace: 'dieses eine Gesicht',
  averageFace: 'das durchschnittliche Gesicht',
  oneDeviation: 'eine Standardabweichung',
  scores: 'Punktwerte',
};

const playLong: Story['play'] = async ({ canvasElement }) => {
  await painted(canvasElement);
  const canvas = within(canvasElement);
  const root = canvasElement.querySelector<HTMLElement>('.fm-morpher');
  if (!root) throw new Error('There is no FaceMorpher');
  for (const group of canvas.getAllByRole('button', { expanded: false })) {
    if (group.closest('.fm-group')) await userEvent.click(group);
  }
  await expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth);
  for (const list of ['.fm-choice', '.fm-headline-title', '.fm-slider-value', '.fm-stage button']) {
    await expect(overlaps([...root.querySelectorAll(list)])).toEqual([]);
  }
  const { left } = root.getBoundingClientRect();
  await userEvent.click(canvas.getAllByRole('button', { name: 'More ways to save' })[0]!);
  const menu = (await canvas.findByRole('menu')).getBoundingClientRect();
  await expect(menu.left).toBeGreaterThanOrEqual(left);
  await userEvent.keyboard('{Escape}');
  scrollTo(0, 0);
};

export const LongWords: Story = { args: { labels: longLabels }, play: playLong };

export const LongWordsOnAPhone: Story = {
  args: { labels: longLabels },
  decorators: inside(320),
  play: playLong,
};

/** The texts of those that lie on one another. */
function overlaps(elements: readonly Element[]): (string | null)[] {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  return elements
    .filter((_, i) =>
      boxes.some(
        (other, j) =>
          j > i &&
          Math.min(other.right, boxes[i]!.right) - Math.max(other.left, boxes[i]!.left) > 1 &&
          Math.min(other.bottom, boxes[i]!.bottom) - Math.max(other.top, boxes[i]!.top) > 1,
      ),
    )
    .map(({ textContent }) => textContent);
}

async function photoOfCrowd(): Promise<File> {
  const canvas = new OffscreenCanvas(PEOPLE * HEAD, HEAD);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas');
  for (let i = 0; i < PEOPLE; i++) {
    const sketch = drawSketch({
      scores: { smiling: (i % 5) - 2, beard: i % 3, blond_hair: (i % 4) - 1 },
      skin: (i % 7) / 2 - 1.5,
      backdrop: (i % 3) - 1,
      clothes: 1 - (i % 3),
      width: (i % 4) - 2,
    });
    const data = new Uint8ClampedArray(sketch);
    context.putImageData(new ImageData(data, HEAD), i * HEAD, 0);
  }
  return new File([await canvas.convertToBlob()], 'crowd.png', { type: 'image/png' });
}
