import type { Latent, LiveEditor } from '@facemorph/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface LatentBarsProps {
  /** The numbers as they were. */
  readonly base: Latent | undefined;
  /** What they become while a slider moves. */
  readonly source: LiveEditor | null;
}

const HEIGHT = 64;
/** The number that reaches the edge, in standard deviations of the prior. */
const LIMIT = 3.2;

/** The numbers of a face as bars, and in red how far an edit has moved them. Renders an `<svg>`. */
export function LatentBars({ base, source }: LatentBarsProps): ReactNode {
  const baseRef = useRef<SVGPathElement>(null);
  const changeRef = useRef<SVGPathElement>(null);

  useEffect(() => {
    if (!base) return;
    baseRef.current?.setAttribute(
      'd',
      bars(base, () => 0),
    );
    const write = (latent: Latent): void =>
      changeRef.current?.setAttribute(
        'd',
        bars(latent, (i) => base[i]!),
      );
    write(source?.frame?.latent ?? base);
    return source?.subscribe((frame) => write(frame.latent));
  }, [base, source]);

  const size = base?.length ?? 192;
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${size} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`The ${size} numbers of this face, and how the sliders move them`}
    >
      <path className="bars-base" ref={baseRef} />
      <path className="bars-change" ref={changeRef} />
    </svg>
  );
}

/** One upright rectangle a number, from where it was to where it is. */
function bars(latent: Latent, from: (index: number) => number): string {
  const y = (value: number): string => {
    const share = Math.max(-1, Math.min(1, value / LIMIT));
    return (HEIGHT / 2 - (share * HEIGHT) / 2).toFixed(1);
  };
  return Array.from(latent, (value, i) => `M${i + 0.15} ${y(from(i))}h.7V${y(value)}h-.7z`).join(
    '',
  );
}
