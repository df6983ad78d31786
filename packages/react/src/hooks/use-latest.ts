import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** `useLayoutEffect` where there is a layout; on a server React 18 would warn. */
export const useIsomorphicLayoutEffect: typeof useLayoutEffect =
  typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** The newest value, for callbacks that must not change with it. */
export function useLatest<T>(value: T): RefObject<T> {
  const ref = useRef(value);
  useIsomorphicLayoutEffect(() => {
    ref.current = value;
  });
  return ref;
}
