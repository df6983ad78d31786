// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { lazyPart } from './lazy-part.js';

afterEach(cleanup);

const Hello = ({ name }: { readonly name: string }) => <p>Hello {name}</p>;

it('shows its fallback until the code is there, and nothing but the part after that', async () => {
  const load = vi.fn(async () => Hello);
  const Part = lazyPart(load);
  render(<Part name="Ada" fallback={<p>One moment</p>} />);
  expect(screen.getByText('One moment')).toBeTruthy();
  expect(await screen.findByText('Hello Ada')).toBeTruthy();
  cleanup();
  render(<Part name="Grace" />);
  expect(screen.getByText('Hello Grace')).toBeTruthy();
  expect(load).toHaveBeenCalledOnce();
});

it('says that its code cannot be had, leaves the page standing, and tries again when shown again', async () => {
  let online = false;
  const Part = lazyPart(async () => {
    if (!online) throw new TypeError('Failed to fetch dynamically imported module');
    return Hello;
  });
  const page = (shown: boolean) => (
    <StrictMode>
      <h1>Page</h1>
      {shown && <Part name="Ada" />}
    </StrictMode>
  );
  const { rerender } = render(page(true));
  expect((await screen.findByRole('alert')).dataset.code).toBe('NETWORK');
  expect(screen.getByText('Page')).toBeTruthy();
  rerender(page(false));
  online = true;
  rerender(page(true));
  expect(await screen.findByText('Hello Ada')).toBeTruthy();
});
