import { renderToString } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { FaceMorpher, LabelsProvider, useFaceMorph } from './index.js';

function Headless() {
  const { model, editor } = useFaceMorph();
  return <p>{`${model.status} ${editor.isEdited}`}</p>;
}

it('renders on a server without a window, a request or a complaint', () => {
  const complaint = vi.spyOn(console, 'error');
  const fetched = vi.spyOn(globalThis, 'fetch');
  expect(typeof document).toBe('undefined');
  const html = renderToString(
    <LabelsProvider labels={{ loadingModel: 'Modell wird geladen' }}>
      <FaceMorpher theme="dark" />
      <Headless />
    </LabelsProvider>,
  );
  expect(html).toContain('role="progressbar"');
  expect(html).toContain('Modell wird geladen');
  expect(html).toContain('<p>loading false</p>');
  expect(complaint).not.toHaveBeenCalled();
  expect(fetched).not.toHaveBeenCalled();
});
