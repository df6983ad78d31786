import { type ReactNode, useState } from 'react';
import { Icon } from '../icons/Icon.js';
import { applyTheme, storedTheme, storeTheme, THEMES } from './theme.js';

const ICONS = { auto: 'auto', light: 'sun', dark: 'moon' } as const;
const LABELS = { auto: 'as the system', light: 'light', dark: 'dark' } as const;

/** Goes round system, light and dark. Renders a `<button>`. */
export function ThemeToggle(): ReactNode {
  const [theme, setTheme] = useState(storedTheme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';

  function toggle(): void {
    setTheme(next);
    storeTheme(next);
    applyTheme(next);
  }

  return (
    <button
      type="button"
      className="fm-button fm-button-icon theme-toggle"
      aria-label={`Colours: ${LABELS[theme]}. Change to ${LABELS[next]}`}
      title={`Colours: ${LABELS[theme]}`}
      onClick={toggle}
    >
      <Icon name={ICONS[theme]} />
    </button>
  );
}
