import type { Attribute } from '@facemorph/core';
import type { Meta, StoryObj } from '@storybook/react-vite';
import type { CSSProperties, ReactNode } from 'react';
import { expect, userEvent, within } from 'storybook/test';
import { useAttributeSlider } from '../parts/AttributeSlider/use-attribute-slider.js';
import { FaceCanvas } from '../parts/FaceCanvas/FaceCanvas.js';
import { painted } from '../testing/painted.js';
import { Sketched, type SketchedParts, useSketchModel } from '../testing/Sketched.js';
import type { FaceEditor } from './use-face-editor.js';
import { type FaceMorphOptions, useFaceMorph } from './use-face-morph.js';

const meta: Meta = { title: 'Hooks' };

export default meta;

/** A slider with looks of its own: three elements and the getters of their props. */
function OwnSlider(props: {
  readonly attribute: Attribute;
  readonly editor: FaceEditor;
}): ReactNode {
  const { attribute, editor } = props;
  const { name, label, range } = attribute;
  const { getRootProps, getInputProps, getOutputProps } = useAttributeSlider({
    name,
    label,
    range,
    strength: editor.edit.strengths[name] ?? 0,
    onPreview: editor.preview,
    onCommit: editor.commit,
  });
  return (
    <div {...getRootProps({ style: { position: 'relative', ...bar } })}>
      <span aria-hidden="true">{label}</span>
      <output {...getOutputProps()} />
      <input {...getInputProps({ style: over })} />
    </div>
  );
}

/** The native slider lies over the bar, of which only thumb and focus are seen. */
const over: CSSProperties = {
  position: 'absolute',
  inset: 0,
  width: '100%',
  height: '100%',
  margin: 0,
  borderRadius: 10,
  background: 'none',
  appearance: 'none',
};

/** A bar that is filled as far as the slider stands: `--fm-at` comes with the props of the root. */
const bar: CSSProperties = {
  display: 'flex',
  justifyContent: 'space-between',
  padding: '10px 14px',
  borderRadius: 10,
  background:
    'linear-gradient(#b7e4c7, #b7e4c7) 0 / calc(var(--fm-at) * 100%) 100% no-repeat #eef3ef',
  color: '#14342b',
  font: '500 14px system-ui, sans-serif',
};

/** `useAttributeSlider`: the keys, the snap, the reset and the spoken value, on elements of your own. */
export const YourOwnSlider: StoryObj = {
  render: () => (
    <Sketched picture>
      {({ editor }: SketchedParts) =>
        editor.attributes
          .filter(({ name }) => name === 'smiling' || name === 'beard')
          .map((attribute) => (
            <OwnSlider key={attribute.name} attribute={attribute} editor={editor} />
          ))
      }
    </Sketched>
  ),
  play: async ({ canvasElement }) => {
    const smile = await within(canvasElement).findByRole('slider', { name: 'Smile' });
    smile.focus();
    await userEvent.keyboard('{PageUp}{PageUp}{ArrowRight}');
    await expect(smile).toHaveAttribute('aria-valuetext', 'Smile, plus 1.1, clear');
    const output = canvasElement.querySelector('output');
    await expect(output).toHaveTextContent('+1.1');
    await userEvent.keyboard('{Escape}');
    await expect(output).toHaveTextContent('0');
  },
};

/** `useFaceMorph`: model, face, edit and history in one, and every element yours. */
function OwnEditor(): ReactNode {
  const model = useSketchModel();
  return model && <Loaded load={{ model }} />;
}

function Loaded({ load }: { readonly load: FaceMorphOptions['load'] }): ReactNode {
  const { editor, showFace } = useFaceMorph({ load });
  const smiles = (editor.edit.strengths.smiling ?? 0) > 0;
  return (
    <div style={{ display: 'grid', gap: 12, width: 240, font: '14px system-ui, sans-serif' }}>
      <FaceCanvas source={editor.live} />
      <button type="button" onClick={() => editor.commit('smiling', smiles ? 0 : 2)}>
        {smiles ? 'Be serious' : 'Smile, please'}
      </button>
      <button type="button" onClick={() => showFace({ seed: 12 })}>
        Next, please
      </button>
      <button type="button" disabled={!editor.canUndo} onClick={editor.undo}>
        Undo
      </button>
    </div>
  );
}

export const YourOwnEditor: StoryObj = {
  render: () => <OwnEditor />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Smile, please' }));
    await canvas.findByRole('button', { name: 'Be serious' });
    await userEvent.click(canvas.getByRole('button', { name: 'Next, please' }));
    await canvas.findByRole('button', { name: 'Smile, please' });
    await userEvent.click(canvas.getByRole('button', { name: 'Undo' }));
    await canvas.findByRole('button', { name: 'Be serious' });
    await painted(canvasElement);
  },
};
