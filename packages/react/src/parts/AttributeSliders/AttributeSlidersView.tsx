import type { Attribute } from '@facemorph/core';
import { type ReactNode, useMemo, useState } from 'react';
import { useEditorOf } from '../../hooks/editor-context.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { AttributeSlider } from '../AttributeSlider/AttributeSlider.js';
import { classNames } from '../class-names.js';
import { AttributeGroupView } from './AttributeGroupView.js';
import type { AttributeSlidersProps } from './AttributeSliders.js';
import { alsoChanges, headlinesOf, search, sectionsOf } from './attribute-view.js';
import { HeadlineControl } from './HeadlineControl.js';
import { defaultHeadlines } from './headlines.js';
import { Legend } from './Legend.js';
import { SearchField } from './SearchField.js';

/** What {@link AttributeSlidersProps} describe. */
export function AttributeSlidersView(props: AttributeSlidersProps): ReactNode {
  const {
    editor: given,
    only,
    headlines = defaultHeadlines,
    searchable,
    legend = true,
    defaultScale = 'change',
    locks = true,
    openGroups = false,
    className,
    ...rest
  } = props;
  const editor = useEditorOf('AttributeSliders', given);
  const labels = useLabels();
  const [query, setQuery] = useState('');
  const [scale, setScale] = useState(defaultScale);
  const { strengths, keep } = editor.edit;
  const all = editor.attributes;
  const names = only?.join();
  const view = useMemo(() => {
    const wanted = names?.split(',');
    const attributes = wanted ? all.filter(({ name }) => wanted.includes(name)) : all;
    const first = headlinesOf(attributes, headlines);
    return { attributes, first, sections: sectionsOf(attributes, first) };
  }, [all, names, headlines]);
  const also = useMemo(() => {
    const label = (other: Attribute): string => labels.attribute(other.name, other.label);
    return new Map(all.map((a) => [a.name, alsoChanges(a, all).map(label)]));
  }, [all, labels]);
  const { attributes, first, sections } = view;

  function slider(name: string, hideLabel = false): ReactNode {
    const attribute = attributes.find((candidate) => candidate.name === name);
    if (!attribute) return null;
    return (
      <AttributeSlider
        key={name}
        attribute={attribute}
        strength={strengths[name] ?? 0}
        kept={keep.includes(name)}
        measured={editor.measured[name]}
        scale={scale}
        alsoChanges={also.get(name)}
        reached={editor.shortfalls[name]}
        onPreview={editor.preview}
        onCommit={editor.commit}
        onToggleKeep={locks ? editor.toggleKeep : undefined}
        hideLabel={hideLabel}
      />
    );
  }

  const trimmed = query.trim();
  const found =
    trimmed === '' ? null : search(attributes, trimmed, (a) => labels.attribute(a.name, a.label));
  return (
    <div {...rest} className={classNames('fm-sliders', className)}>
      {(searchable ?? attributes.length > 8) && (
        <SearchField query={query} onQuery={setQuery} total={attributes.length} />
      )}
      {legend && <Legend scale={scale} onScale={setScale} />}
      {found ? (
        <section className="fm-results" aria-label={labels.foundTitle}>
          <p className="fm-results-count" role="status">
            {labels.found(found.length, trimmed)}
          </p>
          {found.map(({ name }) => slider(name))}
        </section>
      ) : (
        <>
          {first.map((headline) => (
            <HeadlineControl key={headline.title} headline={headline} strengths={strengths}>
              {(name) => slider(name, true)}
            </HeadlineControl>
          ))}
          {first.length > 0 && sections.length > 0 && (
            <h3 className="fm-heading">{labels.everythingElse}</h3>
          )}
          {sections.map((section) => (
            <AttributeGroupView
              key={section.group}
              section={section}
              edited={section.attributes.filter(({ name }) => strengths[name]).length}
              defaultOpen={openGroups}
            >
              {(name) => slider(name)}
            </AttributeGroupView>
          ))}
        </>
      )}
    </div>
  );
}
