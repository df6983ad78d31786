import type { ReactNode } from 'react';
import { formatRoute, PAGES, type PageName } from '../router/route.js';
import { ThemeToggle } from '../theme/ThemeToggle.js';
import { PAGE_TITLES } from './page-titles.js';

/** Name, pages and colours. Renders a `<header>`. */
export function Header({ page }: { readonly page: PageName }): ReactNode {
  return (
    <header className="head">
      <a className="wordmark" href={formatRoute('generate')}>
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <ellipse cx="13" cy="16" rx="7" ry="9.5" />
          <path d="M19 6.5c4.400 0 7 3.400 7 8.500 0 6-3.200 10.500-7 10.500" />
        </svg>
        FaceMorph
      </a>
      <nav className="pages" aria-label="Pages">
        {PAGES.map((name) => (
          <a key={name} href={formatRoute(name)} aria-current={name === page ? 'page' : undefined}>
            {PAGE_TITLES[name]}
          </a>
        ))}
      </nav>
      <ThemeToggle />
    </header>
  );
}
