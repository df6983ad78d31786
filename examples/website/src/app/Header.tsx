import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon.js';
import { ThemeToggle } from '../theme/ThemeToggle.js';

/** Name, privacy line and colours. Renders a `<header>`. */
export function Header(): ReactNode {
  return (
    <header className="header">
      <h1 className="wordmark">
        <svg viewBox="0 0 32 24" width="32" height="24" aria-hidden="true">
          <path className="wordmark-echo" d="M17 2.5c5 0 8.5 3.7 8.5 9s-3.5 10-8.5 10" />
          <ellipse cx="11" cy="12" rx="7.5" ry="9.5" />
        </svg>
        FaceMorph
      </h1>
      <p className="header-private">
        <Icon name="shield" />
        <span>
          Runs on your machine<span className="wide-only">. No picture ever leaves it</span>
        </span>
      </p>
      <ThemeToggle />
    </header>
  );
}
