import type { ReactNode } from 'react';

const PATHS = {
  undo: 'M7.5 4 4 7.5 7.5 11M4 7.5h7a4.5 4.5 0 0 1 0 9H8',
  redo: 'M12.5 4 16 7.5 12.5 11M16 7.5H9a4.5 4.5 0 0 0 0 9h3',
  reset: 'M4.5 10a5.5 5.5 0 1 0 1.8-4.1M4.2 3.5v3.2h3.2',
  compare: 'M10 3v14M8 5H3.5v10H8M12 5h4.5v10H12',
  download: 'M10 3.5v9M6.5 9l3.5 3.5L13.5 9M4 16.5h12',
  upload: 'M10 13V4M6.5 7.5 10 4l3.5 3.500M4 13v3.5h12V13',
  camera: 'M3.5 6.5h3L8 4.500h4l1.5 2h3v9h-13zM10 8.2a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.400z',
  dice: 'M4.5 4.5h11v11h-11zM7.5 7.5h.01M12.5 7.5h.01M10 10h.01M7.5 12.5h.01M12.5 12.5h.01',
  locked: 'M5.5 9h9v7.5h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9',
  unlocked: 'M5.5 9h9v7.5h-9zM7.5 9V6a2.5 2.5 0 0 1 4.8-1',
  search: 'M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4zM12.7 12.7 16.5 16.5',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  chevron: 'M7.5 5l5 5-5 5',
  down: 'M5.5 8l4.5 4.500L14.5 8',
  play: 'M7 4.500v11l8-5.500z',
  pause: 'M7 4.500v11M13 4.500v11',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing of 20 px in the text's colour; silent for screen readers. Renders an `<svg>`. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="fm-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
