import { type CSSProperties, type PointerEvent, type ReactNode, useRef } from 'react';
import type { Mix, MixPlace } from '../../hooks/use-mix.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';
import { Thumbnail } from '../Thumbnail/Thumbnail.js';
import { MAP_SIZE, useMixMap } from './use-mix-map.js';

/** Props of {@link MixPad}. */
export interface MixPadProps {
  /** What `useMix` gave. */
  readonly mix: Mix;
  readonly className?: string;
}

/**
 * A map of the faces between four, which stand in its corners, and a point to move over it: by
 * pointer, or as two sliders by keyboard and screen reader. The point is always on the face that it
 * mixes. Renders a `<div>`; `--fm-x` and `--fm-y` are the point's place, 0..1.
 */
export function MixPad({ mix, className }: MixPadProps): ReactNode {
  const labels = useLabels();
  const padRef = useRef<HTMLDivElement>(null);
  const acrossRef = useRef<HTMLInputElement>(null);
  const downRef = useRef<HTMLInputElement>(null);
  const pictures = useMixMap(mix);
  const { x, y } = mix.getPlace();

  function move(place: MixPlace): void {
    mix.move(place);
    for (const [input, name, share] of [
      [acrossRef.current, '--fm-x', place.x],
      [downRef.current, '--fm-y', place.y],
    ] as const) {
      padRef.current?.style.setProperty(name, String(share));
      if (!input) continue;
      input.value = String(share);
      input.setAttribute('aria-valuetext', labels.percent(share));
    }
  }

  function follow(event: PointerEvent<HTMLDivElement>): void {
    const pad = event.currentTarget;
    if (event.type === 'pointerdown') pad.setPointerCapture(event.pointerId);
    else if (!pad.hasPointerCapture(event.pointerId)) return;
    const box = pad.getBoundingClientRect();
    move({
      x: placeAt((event.clientX - box.left) / box.width),
      y: placeAt((event.clientY - box.top) / box.height),
    });
  }

  const slider = { min: 0, max: 1, step: 0.01, className: 'fm-hidden' } as const;
  return (
    <div className={classNames('fm-mix', className)} dir="ltr">
      <div
        ref={padRef}
        className="fm-mix-pad"
        style={{ '--fm-x': x, '--fm-y': y } as CSSProperties}
        onPointerDown={follow}
        onPointerMove={follow}
      >
        {Array.from({ length: MAP_SIZE ** 2 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a face of the map has no name but its place
          <Thumbnail key={i} pixels={pictures[i]} />
        ))}
        <input
          {...slider}
          type="range"
          ref={acrossRef}
          defaultValue={x}
          aria-label={labels.mixAcross}
          aria-valuetext={labels.percent(x)}
          onChange={(event) => move({ x: event.target.valueAsNumber, y: mix.getPlace().y })}
        />
        <input
          {...slider}
          type="range"
          ref={downRef}
          defaultValue={y}
          aria-label={labels.mixDown}
          aria-valuetext={labels.percent(y)}
          onChange={(event) => move({ x: mix.getPlace().x, y: event.target.valueAsNumber })}
        />
        <span className="fm-mix-point" aria-hidden="true" />
      </div>
    </div>
  );
}

/** Corner faces are mixed pure at their centres: half a face from the edge. Shares of the width. */
function placeAt(share: number): number {
  const place = (share * MAP_SIZE - 0.5) / (MAP_SIZE - 1);
  return Math.min(Math.max(place, 0), 1);
}
