import type { HTMLAttributes, ReactNode } from 'react';
import { useEditorOf } from '../../hooks/editor-context.js';
import type { FaceEditor } from '../../hooks/use-face-editor.js';
import { Icon, type IconName } from '../../icons/Icon.js';
import { useLabels } from '../../labels/LabelsProvider.js';
import { classNames } from '../class-names.js';

/** Props of {@link HistoryControls}, and of a `<div>`. */
export interface HistoryControlsProps extends HTMLAttributes<HTMLDivElement> {
  /** @defaultValue that of the nearest `FaceEditorProvider` */
  readonly editor?: FaceEditor;
}

/** Undo, redo and reset. Renders a `<div role="group">` with three `<button>`s. */
export function HistoryControls(props: HistoryControlsProps): ReactNode {
  const { editor: given, className, ...rest } = props;
  const editor = useEditorOf('HistoryControls', given);
  const labels = useLabels();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form
    <div
      role="group"
      aria-label={labels.historyTools}
      {...rest}
      className={classNames('fm-tools', className)}
    >
      <Tool icon="undo" label={labels.undo} disabled={!editor.canUndo} onClick={editor.undo} />
      <Tool icon="redo" label={labels.redo} disabled={!editor.canRedo} onClick={editor.redo} />
      <Tool icon="reset" label={labels.reset} disabled={!editor.isEdited} onClick={editor.reset} />
    </div>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

/** Stays in the tab order when it is disabled: the last undo must not throw the focus away. */
function Tool({ icon, label, disabled, onClick }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      className="fm-button fm-button-icon"
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
