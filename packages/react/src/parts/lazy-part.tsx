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
    const [View, setView] = useState(() => Loaded);
    const [error, setError] = useState<unknown>();
    useEffect(() => {
      if (View) return;
      let shown = true;
      load().then(
        (view) => {
          Loaded = view;
          if (shown) setView(() => view);
        },
        (cause: unknown) => {
          if (shown) setError(notLoaded(cause));
        },
      );
      return () => {
        shown = false;
      };
    }, [View]);
    if (View) return <View {...(props as unknown as P)} />;
    return error ? <Problem error={error} /> : fallback;
  };
}

function notLoaded(cause: unknown): FaceMorphError {
  return new FaceMorphError('NETWORK', 'A part of FaceMorph could not be loaded', {
    hint: 'Check the connection. If the site was updated in the meantime, reload the page.',
    cause,
  });
}
