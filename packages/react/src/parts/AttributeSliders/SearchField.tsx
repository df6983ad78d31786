import { type ReactNode, useRef } from 'react';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';

interface SearchFieldProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly total: number;
}

/** Finds attributes by name; Escape clears. Renders an `<input type="search">`. */
export function SearchField({ query, onQuery, total }: SearchFieldProps): ReactNode {
  const labels = useLabels();
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <div className="fm-search">
      <Icon name="search" />
      <input
        ref={inputRef}
        type="search"
        value={query}
        placeholder={labels.searchPlaceholder(total)}
        aria-label={labels.search}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onQuery('');
        }}
      />
      {query !== '' && (
        <button
          type="button"
          aria-label={labels.clearSearch}
          onClick={() => {
            onQuery('');
            // The button goes, the focus must not.
            inputRef.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
