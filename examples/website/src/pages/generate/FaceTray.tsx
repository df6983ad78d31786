import type { Face } from '@facemorph/core';
import type { ReactNode } from 'react';
import { FaceThumb } from '../../faces/FaceThumb.js';
import { Icon } from '../../icons/Icon.js';
import { formatRoute } from '../../router/route.js';

interface FaceTrayProps {
  readonly face: Face;
  /** The face in links, such as `7.3`. */
  readonly name: string;
  /** The face as people call it. */
  readonly title: string;
  readonly onMore: () => void;
  readonly onClose: () => void;
}

/** What can be done with the chosen face; stays in sight under the wall. */
export function FaceTray({ face, name, title, onMore, onClose }: FaceTrayProps): ReactNode {
  return (
    <section className="tray" aria-label="The chosen face">
      <FaceThumb face={face} />
      <span className="tray-name" title={title}>
        {title}
      </span>
      <a className="fm-button fm-button-primary" href={editLink(name)}>
        <Icon name="edit" />
        <span>Edit</span>
      </a>
      <button type="button" className="fm-button" onClick={onMore}>
        <Icon name="more" />
        <span>More like this</span>
      </button>
      <a className="fm-button" href={formatRoute('morph', `faces=${name}`)}>
        <Icon name="morph" />
        <span>Morph</span>
      </a>
      <button
        type="button"
        className="fm-button fm-button-icon tray-close"
        aria-label="Put it back"
        title="Put it back"
        onClick={onClose}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}

function editLink(name: string): string {
  const [seed = '', ...face] = name.split('.');
  return formatRoute('edit', `seed=${seed}&face=${face.join('.')}`);
}
