import type { LiveEditor, Pixels } from '@facemorph/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Painter } from './painter.js';

interface FaceCanvasProps {
  readonly editor: LiveEditor | null;
  readonly original: Pixels | undefined;
  /** Shows the original instead of the edit. */
  readonly comparing: boolean;
  readonly description: string;
}

/** Backing size in px; the page shows it at up to this size. */
const SIZE = 512;

/** The face, painted from the editor's frames without React. Renders a `<canvas>`. */
export function FaceCanvas(props: FaceCanvasProps): ReactNode {
  const { editor, original, comparing, description } = props;
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const painterRef = useRef<Painter>(null);
  const editedRef = useRef<Pixels>(null);
  const comparingRef = useRef(comparing);

  useEffect(() => {
    if (canvasRef.current) painterRef.current = new Painter(canvasRef.current);
  }, []);

  useEffect(() => {
    editedRef.current = null;
    if (original) painterRef.current?.paint(original);
  }, [original]);

  useEffect(
    () =>
      editor?.subscribe((frame) => {
        editedRef.current = frame.pixels;
        if (!comparingRef.current) painterRef.current?.paint(frame.pixels);
        if (canvasRef.current) canvasRef.current.dataset.sequence = String(frame.sequence);
      }),
    [editor],
  );

  useEffect(() => {
    comparingRef.current = comparing;
    const shown = comparing ? original : (editedRef.current ?? original);
    if (shown) painterRef.current?.paint(shown);
  }, [comparing, original]);

  return (
    <canvas
      ref={canvasRef}
      className="face-canvas"
      width={SIZE}
      height={SIZE}
      role="img"
      aria-label={description}
    />
  );
}
