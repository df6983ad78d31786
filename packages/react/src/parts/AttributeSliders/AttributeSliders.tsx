import type { Attribute } from '@facemorph/core';
import { type HTMLAttributes, type ReactNode, useMemo, useState } from 'react';
import type { AttributeName } from '../../attribute-names.js';
import { useEditorOf } from '../../hooks/editor-context.js';
import type { FaceEditor } from '../../hooks/use-face-editor.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { AttributeSlider } from '../AttributeSlider/AttributeSlider.js';
import { classNames } from '../class-names.js';
import { AttributeGroupView } from './AttributeGroupView.js';
import {
  alsoChanges,
  defaultHeadlines,
  type HeadlineSpec,
  headlinesOf,
  search,
  sectionsOf,
} from './attribute-view.js';
import { HeadlineControl } from './HeadlineControl.js';
import { Legend } from './Legend.js';
import { SearchField } from './SearchField.js';

/** Props of {@link AttributeSliders}, and of a `<div>`. */
export interface AttributeSlidersProps extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  /** @defaultValue that of the nearest `FaceEditorProvider` */
  readonly editor?: FaceEditor;
  /** Shows these only, in the model's order. @defaultValue all */
  readonly only?: readonly AttributeName[];
  /** The big controls on top; `[]` for groups alone. @defaultValue `defaultHeadlines` */
  readonly headlines?: readonly HeadlineSpec[];
  /** @defaultValue whether there are more than 8 attributes */
  readonly searchable?: boolean;
  /** Explains the marks of the rulers. @defaultValue true */
  readonly legend?: boolean;
  /** Offers locks. @defaultValue true */
  readonly locks?: boolean;
  /** Whether the groups are open at first. @defaultValue false */
  readonly openGroups?: boolean;
}

/** All sliders of a model: big controls, groups, and a search over both. Renders a `<div>`. */
export function AttributeSliders(props: AttributeSlidersProps): ReactNode {
  const {
    editor: given,
    only,
    headlines = defaultHeadlines,
    searchable,
    legend = true,
    locks = true,
    openGroups = false,
    className,
    ...rest
  } = props;
  const editor = useEditorOf('AttributeSliders', given);
  const labels = useLabels();
  const [query, setQuery] = useState('');
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
      {legend && <Legend />}
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
