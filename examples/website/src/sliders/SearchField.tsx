import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon.js';

interface SearchFieldProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly total: number;
}

/** Finds attributes by name; Escape clears. Renders an `<input type="search">`. */
export function SearchField({ query, onQuery, total }: SearchFieldProps): ReactNode {
  return (
    <div className="search">
      <Icon name="search" />
      <input
        type="search"
        value={query}
        placeholder={`Search ${total} attributes`}
        aria-label="Search attributes"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onQuery('');
        }}
      />
      {query !== '' && (
        <button type="button" aria-label="Clear search" onClick={() => onQuery('')}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
