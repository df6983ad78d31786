import { type ReactNode, useId, useState } from 'react';
import { Icon } from '../icons/Icon.js';
import type { AttributeSection } from '../model/attribute-view.js';

interface AttributeGroupViewProps {
  readonly section: AttributeSection;
  /** How many attributes of the group are edited. */
  readonly edited: number;
  /** The slider of one attribute. */
  readonly children: (name: string) => ReactNode;
}

/** A group of sliders that opens and closes. Renders a heading with a button, and a region. */
export function AttributeGroupView(props: AttributeGroupViewProps): ReactNode {
  const { section, edited, children } = props;
  const [open, setOpen] = useState(edited > 0);
  const regionId = useId();
  return (
    <section className="group">
      <h3>
        <button
          type="button"
          className="group-button"
          aria-expanded={open}
          aria-controls={regionId}
          onClick={() => setOpen(!open)}
        >
          <Icon name="chevron" />
          <span className="group-title">{capitalised(section.group)}</span>
          {edited > 0 && <span className="group-edited">{edited} edited</span>}
          <span className="group-count">{section.attributes.length}</span>
        </button>
      </h3>
      <div id={regionId} className="group-sliders" hidden={!open}>
        {open && section.attributes.map(({ name }) => children(name))}
      </div>
    </section>
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
