import { useEffect } from 'react';

/**
 * Undo and redo by the keys everyone knows, for the whole page; not while text is typed.
 *
 * @public
 */
export function useShortcuts({
  undo,
  redo,
}: {
  readonly undo: () => void;
  readonly redo: () => void;
}): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      if (key === 'z' && !event.shiftKey) undo();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) redo();
      else return;
      event.preventDefault();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [undo, redo]);
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'range' && target.type !== 'radio';
  return (
    target instanceof HTMLTextAreaElement || (target as HTMLElement).isContentEditable === true
  );
}
