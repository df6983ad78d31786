import { FaceMorphError } from '@facemorph/core';
import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { Problem } from './Problem/Problem.js';

/** What a part may show until its code is there. */
interface Waiting {
  readonly fallback?: ReactNode;
}

/**
 * A part whose code is loaded when it is first shown. `React.lazy` would throw, and so unmount the
 * page around it, where the file cannot be had (offline, or deployed anew), and would never ask
 * again; here a `Problem` stands in its place, and showing the part again tries again.
 */
export function lazyPart<P extends object>(
  load: () => Promise<ComponentType<P>>,
): (props: P & Waiting) => ReactNode {
  let Loaded: ComponentType<P> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: called once a module, as React.lazy is
  return function LazyPart({ fallback, ...props }: P & Waiting): ReactNode {
    const View = Loaded;
    // Null at first, undefined once the code is there.
    const [error, settle] = useState<unknown>(null);
    useEffect(() => {
      if (View) return;
      let shown = true;
      load()
        .then(
          (view) => {
            Loaded = view;
          },
          (cause: unknown) => {
            const hint = 'Check the connection, or reload the page.';
            return new FaceMorphError('NETWORK', 'This part did not load', { hint, cause });
          },
        )
        .then((failure) => {
          if (shown) settle(failure);
        });
      return () => {
        shown = false;
      };
    }, []);
    if (View) return <View {...(props as unknown as P)} />;
    return error ? <Problem error={error} /> : fallback;
  };
}
