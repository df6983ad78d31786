import { type CSSProperties, type HTMLAttributes, type ReactNode, useEffect, useRef } from 'react';
import { useEditorOf } from '../../hooks/editor-context.js';
import type { FaceEditor } from '../../hooks/use-face-editor.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';
import { FaceCanvas } from '../FaceCanvas/FaceCanvas.js';

/** Props of {@link CompareView}, and of a `<div>`. */
export interface CompareViewProps extends Omit<HTMLAttributes<HTMLDivElement>, 'children'> {
  /** @defaultValue that of the nearest `FaceEditorProvider` */
  readonly editor?: FaceEditor;
  /** Where the divider is at first: the share of the width that shows the original. @defaultValue 0.5 */
  readonly defaultSplit?: number;
}

/**
 * Original and edit on top of each other, with a divider to pull across (or move by arrow keys).
 * Renders a `<div>`; its custom property `--fm-split` is the divider's place, 0..1.
 */
export function CompareView(props: CompareViewProps): ReactNode {
  const { editor: given, defaultSplit = 0.5, className, style, ...rest } = props;
  const editor = useEditorOf('CompareView', given);
  const labels = useLabels();
  const rootRef = useRef<HTMLDivElement>(null);
  const inputRef = useRef<HTMLInputElement>(null);

  // Without React: the divider moves at the pace of the pointer.
  useEffect(() => {
    const input = inputRef.current;
    if (!input) return;
    const write = (): void => {
      rootRef.current?.style.setProperty('--fm-split', String(input.valueAsNumber / 100));
    };
    write();
    input.addEventListener('input', write);
    return () => input.removeEventListener('input', write);
  }, []);

  return (
    <div
      {...rest}
      dir="ltr"
      ref={rootRef}
      className={classNames('fm-compare', className)}
      style={{ '--fm-split': defaultSplit, ...style } as CSSProperties}
    >
      <FaceCanvas source={editor.live} original={editor.original} />
      <FaceCanvas source={null} original={editor.original} aria-label={labels.originalFace} />
      <span className="fm-compare-line" aria-hidden="true" />
      <input
        ref={inputRef}
        type="range"
        min={0}
        max={100}
        defaultValue={defaultSplit * 100}
        aria-label={labels.divider}
      />
    </div>
  );
}
