import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import type { AttributeSection } from './attribute-view.js';

interface AttributeGroupViewProps {
  readonly section: AttributeSection;
  /** How many attributes of the group are edited. */
  readonly edited: number;
  readonly defaultOpen: boolean;
  /** The slider of one attribute. */
  readonly children: (name: string) => ReactNode;
}

/** A group of sliders that opens and closes. Renders a heading with a button, and a region. */
export function AttributeGroupView(props: AttributeGroupViewProps): ReactNode {
  const { section, edited, defaultOpen, children } = props;
  const labels = useLabels();
  const [open, setOpen] = useState(defaultOpen || edited > 0);
  const regionId = useId();
  return (
    <div className="fm-group">
      <h3>
        <button
          type="button"
          className="fm-group-button"
          aria-expanded={open}
          aria-controls={regionId}
          onClick={() => setOpen(!open)}
        >
          <Icon name="chevron" />
          <span className="fm-group-title">{labels.group(section.group)}</span>
          {edited > 0 && <span className="fm-group-edited">{labels.edited(edited)}</span>}
          <span className="fm-group-count">{section.attributes.length}</span>
        </button>
      </h3>
      <div id={regionId} className="fm-group-sliders" hidden={!open}>
        {open && section.attributes.map(({ name }) => children(name))}
      </div>
    </div>
  );
}
