import type { ReactNode } from 'react';

const PATHS = {
  undo: 'M7.5 4 4 7.5 7.5 11M4 7.5h7a4.5 4.5 0 0 1 0 9H8',
  redo: 'M12.5 4 16 7.5 12.5 11M16 7.5H9a4.5 4.5 0 0 0 0 9h3',
  reset: 'M4.5 10a5.5 5.5 0 1 0 1.8-4.1M4.2 3.5v3.2h3.2',
  compare: 'M10 3v14M8 5H3.5v10H8M12 5h4.5v10H12',
  download: 'M10 3.5v9M6.5 9l3.5 3.5L13.5 9M4 16.5h12',
  upload: 'M10 13V4M6.5 7.5 10 4l3.5 3.5M4 13v3.5h12V13',
  dice: 'M4.5 4.5h11v11h-11zM7.5 7.5h.01M12.5 7.5h.01M10 10h.01M7.5 12.5h.01M12.5 12.5h.01',
  locked: 'M5.5 9h9v7.5h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9',
  unlocked: 'M5.5 9h9v7.5h-9zM7.5 9V6a2.5 2.5 0 0 1 4.8-1',
  search: 'M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4zM12.7 12.7 16.5 16.5',
  close: 'M5.5 5.5l9 9M14.5 5.5l-9 9',
  sun: 'M10 6.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.400zM10 2.5v1.5M10 16v1.5M2.5 10H4M16 10h1.5M4.7 4.7l1 1M14.3 14.300l1 1M15.3 4.7l-1 1M5.7 14.300l-1 1',
  moon: 'M16 12A6.5 6.5 0 0 1 8 4a6.5 6.5 0 1 0 8 8z',
  auto: 'M10 3.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM10 3.5v13M10 6.5h5.400M10 10h6.5M10 13.5h5.4',
  shield: 'M10 3l5.5 2v4.5c0 3.5-2.2 5.9-5.5 7.5-3.3-1.6-5.5-4-5.5-7.5V5zM7.5 9.8l1.8 1.8 3.2-3.4',
  person:
    'M10 4a2.8 2.8 0 1 1 0 5.600A2.8 2.8 0 0 1 10 4zM4.5 16.5c.5-3 2.7-4.5 5.5-4.5s5 1.5 5.5 4.5',
  spark: 'M9 3.5l1.5 4.5L15 9.5 10.5 11 9 15.5 7.5 11 3 9.5 7.5 8zM15.5 13v3.5M13.8 14.8h3.5',
  chevron: 'M7.5 5l5 5-5 5',
} as const;

export type IconName = keyof typeof PATHS;

/** A line drawing of 20 px in the text's colour; silent for screen readers. Renders an `<svg>`. */
export function Icon({ name }: { readonly name: IconName }): ReactNode {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
