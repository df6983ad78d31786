import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons/Icon.js';
import { CompareButton } from './CompareButton.js';

interface ToolbarProps {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly isEdited: boolean;
  readonly comparing: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onReset: () => void;
  readonly onCompare: (comparing: boolean) => void;
  readonly onDownload: () => void;
}

/** What can be done to the edit as a whole. Renders a `<div role="toolbar">`. */
export function Toolbar(props: ToolbarProps): ReactNode {
  return (
    <div className="toolbar" role="toolbar" aria-label="Edit">
      <Tool icon="undo" label="Undo" disabled={!props.canUndo} onClick={props.onUndo} />
      <Tool icon="redo" label="Redo" disabled={!props.canRedo} onClick={props.onRedo} />
      <Tool icon="reset" label="Reset" disabled={!props.isEdited} onClick={props.onReset} />
      <span className="toolbar-gap" />
      <CompareButton
        comparing={props.comparing}
        onCompare={props.onCompare}
        disabled={!props.isEdited}
      />
      <button type="button" className="button button-primary" onClick={props.onDownload}>
        <Icon name="download" />
        <span>Save PNG</span>
      </button>
    </div>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function Tool({ icon, label, disabled, onClick }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
