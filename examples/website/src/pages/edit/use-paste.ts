import { useEffect } from 'react';

/** Takes a picture that is pasted anywhere on the page; not while text is typed. */
export function usePaste(onPhoto: (file: File) => void): void {
  useEffect(() => {
    function onPaste(event: ClipboardEvent): void {
      if (event.target instanceof HTMLInputElement && event.target.type !== 'range') return;
      const files = [...(event.clipboardData?.files ?? [])];
      const picture = files.find(({ type }) => type.startsWith('image/'));
      if (!picture) return;
      event.preventDefault();
      onPhoto(picture);
    }
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, [onPhoto]);
}
