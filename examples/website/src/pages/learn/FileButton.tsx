import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../icons/Icon.js';

interface FileButtonProps {
  readonly icon: IconName;
  /** Spoken. */
  readonly name: string;
  /** As of `<input type="file">`. */
  readonly accept: string;
  readonly multiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

/** Opens files. Renders a `<label>` around a file input. */
export function FileButton(props: FileButtonProps): ReactNode {
  const { icon, name, accept, multiple, onFiles, children } = props;
  return (
    <label className="fm-button">
      <Icon name={icon} />
      <span>{children}</span>
      <input
        type="file"
        className="hidden"
        accept={accept}
        multiple={multiple}
        aria-label={name}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </label>
  );
}
