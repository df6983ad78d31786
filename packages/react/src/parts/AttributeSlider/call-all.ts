/** One handler of several: the user's first. */
export function callAll<Event>(
  ...handlers: readonly (((event: Event) => void) | undefined)[]
): (event: Event) => void {
  return (event) => {
    for (const handler of handlers) handler?.(event);
  };
}
