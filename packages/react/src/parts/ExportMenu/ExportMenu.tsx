import type { ImageType } from '@facemorph/core';
import { type ReactNode, useState } from 'react';
import { useEditorOf } from '../../hooks/editor-context.js';
import { formatEdit } from '../../hooks/face-edit.js';
import type { FaceEditor } from '../../hooks/use-face-editor.js';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { download } from './download.js';
import { useMenu } from './use-menu.js';

/** Props of {@link ExportMenu}. */
export interface ExportMenuProps {
  /** @defaultValue that of the nearest `FaceEditorProvider` */
  readonly editor?: FaceEditor;
  /** Of the file, without an extension. @defaultValue `facemorph` */
  readonly fileName?: string;
  /**
   * The link that brings the edit back; it must not hold the face. `false` offers none.
   * @defaultValue this page with the edit as its hash, to be read by `parseEdit`
   */
  readonly linkOf?: ((edit: FaceEditor['edit']) => string) | false;
  readonly onError?: (error: unknown) => void;
}

const FORMATS: readonly (readonly [label: string, type: ImageType, extension: string])[] = [
  ['PNG', 'image/png', 'png'],
  ['WebP', 'image/webp', 'webp'],
  ['JPEG', 'image/jpeg', 'jpg'],
];

/** Saves and copies the edited face. Renders a `<div>` with a `<button>` and a menu button. */
export function ExportMenu(props: ExportMenuProps): ReactNode {
  const { fileName = 'facemorph', linkOf = pageWithEdit, onError } = props;
  const editor = useEditorOf('ExportMenu', props.editor);
  const labels = useLabels();
  const menu = useMenu();
  const [copied, setCopied] = useState(false);

  function attempt(work: () => Promise<void>): void {
    setCopied(false);
    if (menu.open) menu.close();
    work().catch((error: unknown) => onError?.(error));
  }

  async function save(type: ImageType, extension: string): Promise<void> {
    download(await editor.toBlob({ type }), `${fileName}.${extension}`);
  }

  async function copyPicture(): Promise<void> {
    // Safari only lets a page write what it promised during the click.
    const picture = editor.toBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    setCopied(true);
  }

  async function copyLink(link: string): Promise<void> {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  }

  const item = (label: string, work: () => Promise<void>): ReactNode => (
    <button
      key={label}
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="fm-menu-item"
      onClick={() => attempt(work)}
    >
      {label}
    </button>
  );

  return (
    <div className="fm-export" {...menu.rootProps}>
      <button
        type="button"
        className="fm-button fm-button-primary"
        disabled={!editor.live}
        onClick={() => attempt(() => save('image/png', 'png'))}
      >
        <Icon name="download" />
        <span>{labels.save}</span>
      </button>
      <button
        ref={menu.buttonRef}
        type="button"
        className="fm-button fm-button-icon fm-button-primary"
        aria-label={labels.moreFormats}
        title={labels.moreFormats}
        disabled={!editor.live}
        {...menu.buttonProps}
      >
        <Icon name="down" />
      </button>
      {menu.open && (
        <div
          ref={menu.menuRef}
          className="fm-menu"
          role="menu"
          aria-label={labels.moreFormats}
          {...menu.menuProps}
        >
          {FORMATS.map(([label, type, extension]) =>
            item(labels.saveAs(label), () => save(type, extension)),
          )}
          {item(labels.copyPicture, copyPicture)}
          {linkOf && item(labels.copyLink, () => copyLink(linkOf(editor.edit)))}
        </div>
      )}
      <span className="fm-hidden" role="status">
        {copied ? labels.copied : ''}
      </span>
    </div>
  );
}

function pageWithEdit(edit: FaceEditor['edit']): string {
  const url = new URL(location.href);
  url.hash = formatEdit(edit);
  return url.href;
}
