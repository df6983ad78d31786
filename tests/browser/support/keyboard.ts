import type { Locator, Page } from 'playwright-core';

/** A visitor who has no pointer. */
export interface Keyboard {
  /** Goes on by Tab until this has the focus. Every stop on the way must be seen, with a ring. */
  tabTo(target: Locator): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
}

/** So many stops are more than any page has on the way to anything. */
const FURTHEST = 120;

/** Visits a page by keyboard alone. */
export function keyboardOf(page: Page): Keyboard {
  return {
    async tabTo(target) {
      await target.waitFor({ state: 'attached', timeout: 60_000 });
      for (let stop = 0; stop < FURTHEST; stop++) {
        if (await target.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press('Tab');
        const fault = await page.evaluate(faultOfFocus);
        if (fault) throw new Error(fault);
      }
      throw new Error(`Tab never came to ${target}`);
    },
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
  };
}

/** In the page: what is wrong with what has the focus. */
function faultOfFocus(): string | undefined {
  const element = document.activeElement;
  // Past the last stop the focus is the browser's own for a moment.
  if (!(element instanceof HTMLElement) || element === document.body) return undefined;
  const name = `${element.tagName.toLowerCase()} "${element.ariaLabel ?? element.textContent}"`;
  // An input that cannot be seen is stood for by its label.
  const seen = element.closest('label') ?? element;
  const { left, top, width, height } = seen.getBoundingClientRect();
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  if (!hit || !(seen.contains(hit) || hit.contains(seen)))
    return `${name} is covered or out of sight`;
  const ringed = [element, seen].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
  });
  return ringed ? undefined : `${name} has the focus and no ring`;
}
