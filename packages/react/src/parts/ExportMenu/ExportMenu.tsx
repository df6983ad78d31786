import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useEditorOf } from '../../hooks/editor-context.js';
import type { FaceEdit } from '../../hooks/face-edit.js';
import type { FaceEditor } from '../../hooks/use-face-editor.js';
import { Icon } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { lazyPart } from '../lazy-part.js';
import type { VideoWriter } from './animation/video.js';
import { download } from './download.js';

/** Props of {@link ExportMenu}. */
export interface ExportMenuProps {
  /** @defaultValue that of the nearest `FaceEditorProvider` */
  readonly editor?: FaceEditor | undefined;
  /** Of the file, without an extension. @defaultValue `facemorph` */
  readonly fileName?: string | undefined;
  /**
   * The link that brings the edit back; it must not hold the face. `false` offers none.
   * @defaultValue this page with the edit as its hash, to be read by `editFromHash`
   */
  readonly linkOf?: ((edit: FaceEdit) => string) | false | undefined;
  /** Offers videos, written by the package mediabunny: `() => import('mediabunny')`. */
  readonly video?: (() => Promise<VideoWriter>) | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** How long a message stays. */
const SAID_MS = 4000;

const choices = (): Promise<typeof import('./ExportChoices.js')> => import('./ExportChoices.js');
const ExportChoices = /* @__PURE__ */ lazyPart(async () => (await choices()).ExportChoices);

/**
 * Saves, animates and copies the edited face. Renders a `<div>` with a `<button>` and a menu button.
 */
export function ExportMenu(props: ExportMenuProps): ReactNode {
  const { fileName = 'facemorph', linkOf, video, onError } = props;
  const editor = useEditorOf('ExportMenu', props.editor);
  const labels = useLabels();
  const [open, setOpen] = useState(false);
  const [said, say] = useState('');
  const openerRef = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => say(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);

  function close(): void {
    setOpen(false);
    openerRef.current?.focus();
  }

  function attempt(work: () => Promise<string>): void {
    say('');
    if (open) close();
    work().then(say, (error: unknown) => {
      say('');
      onError?.(error);
    });
  }

  async function savePng(): Promise<string> {
    download(await editor.toBlob({ type: 'image/png' }), `${fileName}.png`);
    return '';
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only looks where the focus goes
    <div
      className="fm-export"
      onBlur={(event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        className="fm-button fm-button-primary"
        disabled={!editor.live}
        onClick={() => attempt(savePng)}
      >
        <Icon name="download" />
        <span>{labels.save}</span>
      </button>
      <button
        ref={openerRef}
        type="button"
        className="fm-button fm-button-icon fm-button-primary"
        aria-label={labels.moreFormats}
        title={labels.moreFormats}
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={!editor.live}
        // Ahead of time; whether it can be had is told when it is needed.
        onPointerEnter={() => void choices().catch(() => {})}
        onClick={() => setOpen(!open)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Icon name="down" />
      </button>
      {open && (
        <ExportChoices
          {...{ editor, fileName, linkOf, video, attempt }}
          onClose={close}
          // In steps that can be read aloud.
          onProgress={(share) => say(labels.animating(Math.floor(share * 10) / 10))}
        />
      )}
      <span className="fm-said" role="status">
        {said}
      </span>
    </div>
  );
}
