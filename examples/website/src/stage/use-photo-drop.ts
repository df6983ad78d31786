import { type DragEvent, type HTMLAttributes, useState } from 'react';

/** Lets a picture be dropped on an element. */
export function usePhotoDrop(onPhoto: (file: File) => void): {
  readonly isOver: boolean;
  readonly props: HTMLAttributes<HTMLElement>;
} {
  const [isOver, setOver] = useState(false);

  function holdsFile(event: DragEvent): boolean {
    return event.dataTransfer.types.includes('Files');
  }

  return {
    isOver,
    props: {
      onDragOver: (event) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop: (event) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        setOver(false);
        const file = event.dataTransfer.files[0];
        if (file) onPhoto(file);
      },
    },
  };
}
