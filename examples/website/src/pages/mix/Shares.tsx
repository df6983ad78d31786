import type { FrameSource, MixPlace } from '@facemorph/react';
import { type ReactNode, useEffect, useRef } from 'react';

interface SharesProps {
  readonly source: FrameSource | null;
  readonly getPlace: () => MixPlace;
}

/** How much of each corner is in the picture; follows the point without React. */
export function Shares({ source, getPlace }: SharesProps): ReactNode {
  const ref = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const write = (): void => {
      ref.current?.replaceChildren(...sharesOf(getPlace()).map(asTerm));
    };
    write();
    return source?.subscribe(write);
  }, [source, getPlace]);
  return <p className="fm-equation" ref={ref} />;
}

function sharesOf({ x, y }: MixPlace): string[] {
  const shares = [(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y];
  return shares.map((share, i) => `${i === 0 ? '' : '+ '}${share.toFixed(2)} ${'ABCD'[i]}`);
}

/** A term that stays in one line. */
function asTerm(text: string): Element {
  const term = document.createElement('span');
  term.className = 'fm-term';
  term.textContent = text;
  return term;
}
