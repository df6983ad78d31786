import type { Attribute } from '@facemorph/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { alsoChanges, headlines, search, sections } from '../model/attribute-view.js';
import type { StudioDocument } from '../session/document.js';
import { AttributeGroupView } from './AttributeGroupView.js';
import { AttributeSlider } from './AttributeSlider.js';
import { HeadlineControl } from './HeadlineControl.js';
import { Legend } from './Legend.js';
import { SearchField } from './SearchField.js';
import type { SliderBinding } from './slider-binding.js';

interface SliderPanelProps {
  readonly attributes: readonly Attribute[];
  readonly document: StudioDocument;
  /** Where the face stands, in scores; 0 is the average face. */
  readonly measured: Readonly<Record<string, number>>;
  readonly binding: SliderBinding;
}

/** All sliders: the headline ones, the groups, and a search over both. */
export function SliderPanel(props: SliderPanelProps): ReactNode {
  const { attributes, document, measured, binding } = props;
  const [query, setQuery] = useState('');
  const contentRef = useRef<HTMLDivElement>(null);
  const found = useMemo(() => search(attributes, query), [attributes, query]);
  const first = useMemo(() => headlines(attributes), [attributes]);
  const others = useMemo(() => sections(attributes, first), [attributes, first]);
  const also = useMemo(
    () => new Map(attributes.map((a) => [a.name, alsoChanges(a, attributes)])),
    [attributes],
  );

  // What is found starts at the top, wherever the panel stood.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each query scrolls
  useEffect(() => {
    contentRef.current?.parentElement?.scrollTo(0, 0);
  }, [query]);

  function slider(name: string, quiet = false): ReactNode {
    const attribute = attributes.find((candidate) => candidate.name === name);
    if (!attribute) return null;
    const score = measured[name];
    return (
      <AttributeSlider
        key={name}
        attribute={attribute}
        strength={document.strengths[name] ?? 0}
        locked={document.locks.includes(name)}
        average={score === undefined ? undefined : -score}
        also={also.get(name) ?? []}
        binding={binding}
        quiet={quiet}
      />
    );
  }

  return (
    <div className="panel-content" ref={contentRef}>
      <SearchField query={query} onQuery={setQuery} total={attributes.length} />
      <Legend />
      {query.trim() !== '' ? (
        <section className="results" aria-label="Found attributes">
          <p className="results-count" role="status">
            {found.length === 0 ? `Nothing is called “${query.trim()}”.` : `${found.length} found`}
          </p>
          {found.map(({ name }) => slider(name))}
        </section>
      ) : (
        <>
          <div className="headlines">
            {first.map((headline) => (
              <HeadlineControl
                key={headline.title}
                headline={headline}
                strengths={document.strengths}
              >
                {(name) => slider(name, true)}
              </HeadlineControl>
            ))}
          </div>
          <h2 className="panel-heading">Everything else</h2>
          {others.map((section) => (
            <AttributeGroupView
              key={section.group}
              section={section}
              edited={section.attributes.filter(({ name }) => document.strengths[name]).length}
            >
              {(name) => slider(name)}
            </AttributeGroupView>
          ))}
        </>
      )}
    </div>
  );
}
