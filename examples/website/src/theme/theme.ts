/** `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

const KEY = 'facemorph-theme';

/** The theme chosen on an earlier visit. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Remembers the choice where the browser lets us. */
export function storeTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Private windows may refuse; the choice then lasts for this visit.
  }
}

/** Switches the page's colours. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}
