import type { ImageType } from '@facemorph/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { editFromFile, editToFile } from '../../hooks/edit-file.js';
import { editToHash } from '../../hooks/edit-link.js';
import type { FaceEditor } from '../../hooks/use-face-editor.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import {
  type AnimationFormat,
  canWriteVideo,
  encodeAnimation,
} from './animation/encode-animation.js';
import { chooseFile } from './choose-file.js';
import { download } from './download.js';
import type { ExportMenuProps } from './ExportMenu.js';

interface ExportChoicesProps extends Pick<ExportMenuProps, 'linkOf' | 'video'> {
  readonly editor: FaceEditor;
  readonly fileName: string;
  /** Closes the menu and does the work, which ends with words for the user. */
  readonly attempt: (work: () => Promise<string>) => void;
  readonly onClose: () => void;
  readonly onProgress: (share: number) => void;
}

const FORMATS: readonly (readonly [label: string, type: ImageType, extension: string])[] = [
  ['PNG', 'image/png', 'png'],
  ['WebP', 'image/webp', 'webp'],
  ['JPEG', 'image/jpeg', 'jpg'],
];

/** The menu of an `ExportMenu`: arrows, Home, End and Escape. Renders a `<div role="menu">`. */
export function ExportChoices(props: ExportChoicesProps): ReactNode {
  const { editor, fileName, linkOf, video, attempt, onClose, onProgress } = props;
  const labels = useLabels();
  const menuRef = useRef<HTMLDivElement>(null);
  // Pages without https have no clipboard.
  const canCopy = navigator.clipboard !== undefined;

  useEffect(() => {
    menuRef.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, []);

  function onKeyDown(event: KeyboardEvent): void {
    const items = [...(menuRef.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') onClose();
    else if (to === undefined) return;
    else items[(to + items.length) % items.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }

  async function save(type: ImageType, extension: string): Promise<string> {
    download(await editor.toBlob({ type }), `${fileName}.${extension}`);
    return '';
  }

  async function animate(format: AnimationFormat): Promise<string> {
    onProgress(0);
    const blob = await encodeAnimation(editor.still(), { format, video, onProgress });
    const [, extension = format] = blob.type.split('/');
    download(blob, `${fileName}.${extension}`);
    return '';
  }

  async function copyPicture(): Promise<string> {
    // Safari only lets a page write what it promised during the click.
    const picture = editor.toBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    return labels.copied;
  }

  async function copyLink(): Promise<string> {
    await navigator.clipboard.writeText(linkOf ? linkOf(editor.edit) : pageWithEdit(editor));
    return labels.copied;
  }

  async function saveEdit(): Promise<string> {
    if (editor.model) download(editToFile(editor.edit, editor.model), `${fileName}.recipe.json`);
    return '';
  }

  async function openEdit(): Promise<string> {
    const file = await chooseFile('.json,application/json');
    if (!file || !editor.model) return '';
    editor.setEdit(await editFromFile(file, editor.model, editor.measured));
    return labels.editOpened;
  }

  const item = (label: string, work: () => Promise<string>): ReactNode => (
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
    <div
      ref={menuRef}
      className="fm-menu"
      role="menu"
      aria-label={labels.moreFormats}
      onKeyDown={onKeyDown}
    >
      {FORMATS.map(([label, type, extension]) =>
        item(labels.saveAs(label), () => save(type, extension)),
      )}
      {editor.isEdited && [
        item(labels.animateAs('GIF'), () => animate('gif')),
        item(labels.animateAs('WebP'), () => animate('webp')),
        video && canWriteVideo() && item(labels.animateAs(labels.video), () => animate('video')),
      ]}
      {canCopy && item(labels.copyPicture, copyPicture)}
      {canCopy && linkOf !== false && item(labels.copyLink, copyLink)}
      {editor.isEdited && item(labels.saveEdit, saveEdit)}
      {item(labels.openEdit, openEdit)}
    </div>
  );
}

function pageWithEdit({ edit, model }: FaceEditor): string {
  const url = new URL(location.href);
  if (model) url.hash = editToHash(edit, model);
  return url.href;
}
