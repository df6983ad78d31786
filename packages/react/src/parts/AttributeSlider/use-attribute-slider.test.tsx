// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { AttributeSlider } from './AttributeSlider.js';

const smiling = { name: 'smiling', label: 'Smile', range: [-3, 3] } as const;

afterEach(cleanup);

function open(strength: number) {
  const onPreview = vi.fn();
  const onCommit = vi.fn();
  render(
    <AttributeSlider
      attribute={smiling}
      strength={strength}
      onPreview={onPreview}
      onCommit={onCommit}
    />,
  );
  return { slider: screen.getByRole<HTMLInputElement>('slider'), onPreview, onCommit };
}

const move = (slider: Element, value: string): void => {
  fireEvent.input(slider, { target: { value } });
};

it('commits once, when the pointer is let go', () => {
  const { slider, onPreview, onCommit } = open(0);
  move(slider, '1');
  move(slider, '1.4');
  expect(onPreview).toHaveBeenLastCalledWith('smiling', 1.4);
  expect(onCommit).not.toHaveBeenCalled();
  fireEvent.pointerUp(slider);
  expect(onCommit.mock.calls).toEqual([['smiling', 1.4]]);
});

it('is left as it was by a finger that scrolls the page, and moved by the next', () => {
  const { slider, onPreview, onCommit } = open(0.5);
  move(slider, '2');
  fireEvent.pointerCancel(slider, { pointerType: 'touch' });
  // The browser moves the thumb as long as the finger is down.
  move(slider, '2.2');
  fireEvent.touchEnd(slider);
  expect(onPreview).toHaveBeenLastCalledWith('smiling', 0.5);
  expect([slider.value, slider.getAttribute('aria-valuetext')]).toEqual([
    '0.5',
    'Smile, plus 0.5, clear',
  ]);
  fireEvent.blur(slider);
  expect(onCommit).not.toHaveBeenCalled();

  move(slider, '-1');
  fireEvent.pointerUp(slider);
  expect(onCommit.mock.calls).toEqual([['smiling', -1]]);
});

it('commits what voice control sets, which presses nothing', () => {
  const { slider, onCommit } = open(0);
  // As browsers do: the value through the element, then both events.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(slider, '2');
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  expect(onCommit).not.toHaveBeenCalled();
  slider.dispatchEvent(new Event('change', { bubbles: true }));
  expect(onCommit.mock.calls).toEqual([['smiling', 2]]);
});
