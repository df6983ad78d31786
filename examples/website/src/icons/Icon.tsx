import type { ReactNode } from 'react';

const PATHS = {
  shield:
    'M10 3.500 4.500 5.500v4.200c0 3.300 2.200 5.700 5.500 6.800 3.300-1.100 5.500-3.500 5.500-6.800V5.500zM7.600 9.900l1.700 1.700 3.200-3.300',
  person:
    'M10 4a2.800 2.800 0 1 1 0 5.600A2.800 2.800 0 0 1 10 4zM4.500 16.500c.4-3.200 2.600-4.700 5.500-4.700s5.100 1.500 5.500 4.700',
  mark: 'M4 4h12v12H4zM6.800 13l1.900-6h.6l1.900 6M7.500 11h3M13.500 7v6',
  dice: 'M4.500 4.500h11v11h-11zM7.500 7.500h.01M12.500 7.500h.01M10 10h.01M7.500 12.500h.01M12.500 12.500h.01',
  edit: 'M4 13.500V16h2.500l8.700-8.700-2.500-2.500zM11 6.500 13.500 9',
  more: 'M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM13.500 11v5M11 13.500h5',
  morph: 'M4 10h12M12.500 6.500 16 10l-3.500 3.500M4 6.500v7',
  mix: 'M4 4h12v12H4zM10 4v12M4 10h12M8.800 7.200h.01',
  link: 'M8.500 11.500a3 3 0 0 0 4.200 0l2.400-2.400a3 3 0 0 0-4.200-4.200l-.9.9M11.500 8.500a3 3 0 0 0-4.200 0l-2.400 2.400a3 3 0 0 0 4.200 4.200l.9-.9',
  back: 'M12.500 5 7.500 10l5 5',
  plus: 'M10 4.500v11M4.500 10h11',
  close: 'M5.500 5.500l9 9M14.500 5.500l-9 9',
  save: 'M10 3.500v9M6.500 9l3.500 3.500L13.500 9M4 16.500h12',
  open: 'M10 12.500v-9M6.500 7 10 3.500 13.500 7M4 16.500h12',
  split: 'M3.500 4.500h13v11h-13zM10 2.500v15M6.200 10h.01M13.800 10h.01',
  auto: 'M10 3.500a6.500 6.500 0 1 1 0 13zM10 3.500a6.500 6.500 0 0 0 0 13',
  sun: 'M10 7a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM10 2.500v1.500M10 16v1.500M2.500 10H4M16 10h1.500M4.700 4.700l1 1M14.300 14.300l1 1M4.700 15.300l1-1M14.300 5.700l1-1',
  moon: 'M15.500 11.800A6 6 0 0 1 8.200 4.500a6 6 0 1 0 7.300 7.300z',
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
