import { useEffect, useState } from 'react';
import { formatRoute, type PageName, parseRoute, type Route } from './route.js';

/** A place that was gone to, by a link, the address bar, or back and forward. */
export interface Visit {
  readonly route: Route;
  /** Grows with each; a page that is keyed by it starts from the state in its link. */
  readonly number: number;
}

/** Where the visitor has gone. What a page writes by {@link writeState} is no new visit. */
export function useVisit(): Visit {
  const [visit, setVisit] = useState<Visit>(() => ({
    route: parseRoute(location.hash),
    number: 0,
  }));
  useEffect(() => {
    const follow = (): void =>
      setVisit(({ number }) => ({ route: parseRoute(location.hash), number: number + 1 }));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return visit;
}

/** Goes to a place, as a link does. */
export function goTo(page: PageName, query?: string | URLSearchParams): void {
  location.hash = formatRoute(page, query);
}

/** Writes the state of a page into its link, in place of the one before. */
export function writeState(page: PageName, query: string | URLSearchParams): void {
  const hash = formatRoute(page, query);
  if (hash !== location.hash) history.replaceState(history.state, '', hash);
}
