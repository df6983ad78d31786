import { type DragEvent, type HTMLAttributes, useState } from 'react';
import { callAll } from '../AttributeSlider/call-all.js';

/** What {@link usePhotoDrop} gives. */
export interface PhotoDropState {
  /** Whether a file hovers over the element. */
  readonly isOver: boolean;
  /** For the element on which a picture may be dropped. */
  readonly getDropProps: (own?: HTMLAttributes<HTMLElement>) => HTMLAttributes<HTMLElement>;
}

/**
 * Lets a picture be dropped on an element.
 *
 * @public
 */
export function usePhotoDrop(onPhoto: (file: File) => void): PhotoDropState {
  const [isOver, setOver] = useState(false);

  function onDragOver(event: DragEvent): void {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  }

  function onDragLeave(event: DragEvent): void {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
  }

  function onDrop(event: DragEvent): void {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    setOver(false);
    onPhoto(file);
  }

  return {
    isOver,
    getDropProps: (own = {}) => ({
      ...own,
      onDragOver: callAll(own.onDragOver, onDragOver),
      onDragLeave: callAll(own.onDragLeave, onDragLeave),
      onDrop: callAll(own.onDrop, onDrop),
    }),
  };
}
