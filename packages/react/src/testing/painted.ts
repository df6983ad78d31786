import { expect, waitFor } from 'storybook/test';

/** Waits until a face is drawn. */
export function painted(root: HTMLElement): Promise<void> {
  return waitFor(() => expect(root.querySelector('canvas[data-sequence]')).not.toBeNull(), {
    timeout: 10_000,
  });
}
