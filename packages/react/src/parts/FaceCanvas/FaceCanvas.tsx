import type { Pixels } from '@facemorph/core';
import { type CanvasHTMLAttributes, type ReactNode, useEffect, useRef } from 'react';
import { useLatest } from '../../hooks/use-latest.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';
import { Painter } from './painter.js';

/** What gives pictures as fast as it can: a `LiveEditor`, a morph, a mix. */
export interface FrameSource {
  readonly frame?: Frame | undefined;
  readonly subscribe: (listener: (frame: Frame) => void) => () => void;
}

/** A picture and the number of the edit that it shows. */
export interface Frame {
  readonly pixels: Pixels;
  readonly sequence: number;
}

/** Props of {@link FaceCanvas}, and of a `<canvas>`. */
export interface FaceCanvasProps
  extends Omit<CanvasHTMLAttributes<HTMLCanvasElement>, 'width' | 'height' | 'children'> {
  readonly source: FrameSource | null;
  /** Shown until the first picture comes, and while comparing. */
  readonly original?: Pixels | undefined;
  /** Shows the original instead. @defaultValue false */
  readonly comparing?: boolean;
  /** Longest side of the backing store in px; its shape is the picture's. @defaultValue 512 */
  readonly size?: number;
}

/**
 * A face, painted from frames without React. Renders a `<canvas>`.
 *
 * State: `data-sequence` (number of the edit that is shown), `data-comparing`.
 */
export function FaceCanvas(props: FaceCanvasProps): ReactNode {
  const { source, original, comparing = false, size = 512, className, ...rest } = props;
  const labels = useLabels();
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const painterRef = useRef<Painter | null>(null);
  const editedRef = useRef<Pixels | null>(null);
  const comparingRef = useRef(comparing);
  const sizeRef = useLatest(size);

  useEffect(() => {
    if (canvasRef.current) painterRef.current = new Painter(canvasRef.current);
  }, []);

  useEffect(() => {
    editedRef.current = null;
    if (original) painterRef.current?.paint(original, sizeRef.current);
  }, [original, sizeRef]);

  useEffect(() => {
    const show = ({ pixels, sequence }: Frame): void => {
      editedRef.current = pixels;
      if (!comparingRef.current) painterRef.current?.paint(pixels, sizeRef.current);
      canvasRef.current?.setAttribute('data-sequence', String(sequence));
    };
    if (source?.frame) show(source.frame);
    return source?.subscribe(show);
  }, [source, sizeRef]);

  useEffect(() => {
    comparingRef.current = comparing;
    const shown = comparing ? original : (editedRef.current ?? original);
    if (shown) painterRef.current?.paint(shown, size);
  }, [comparing, original, size]);

  return (
    <canvas
      role="img"
      aria-label={comparing ? labels.originalFace : labels.editedFace}
      {...rest}
      ref={canvasRef}
      className={classNames('fm-canvas', className)}
      width={size}
      height={size}
      data-comparing={comparing || undefined}
    />
  );
}
