import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openSite, type Site, type Visit, type VisitOptions } from './site.js';

/** The website for the tests of one `describe`. */
export interface Visits {
  readonly site: Site;
  visit(options?: VisitOptions): Promise<Visit>;
}

/**
 * Serves the website for the tests of a `describe`. After each of them: no visitor asked any other
 * host for anything, and no browser complained (errors, violations of the page's policy).
 */
export function useVisits(): Visits {
  let site: Site;
  let visits: Visit[] = [];
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());
  afterEach(async () => {
    const seen = visits;
    visits = [];
    for (const { requests, complaints, close } of seen) {
      await close();
      const elsewhere = requests.filter(
        (url) => !url.startsWith(`${site.origin}/`) && !/^(blob|data):/.test(url),
      );
      expect(elsewhere).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });
  return {
    get site() {
      return site;
    },
    async visit(options) {
      const made = await site.visit(options);
      visits.push(made);
      return made;
    },
  };
}
