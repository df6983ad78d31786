import { type DragEvent, type ReactNode, useState } from 'react';

interface DropAreaProps {
  readonly className: string;
  /** The id of its heading. */
  readonly labelledBy: string;
  readonly busy?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}

/** Takes files that are dropped on it; `data-over` while some are held above. Renders a `<section>`. */
export function DropArea(props: DropAreaProps): ReactNode {
  const { className, labelledBy, busy = false, onFiles, children } = props;
  const [over, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(files);
  }

  return (
    <section
      className={className}
      aria-labelledby={labelledBy}
      aria-busy={busy || undefined}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </section>
  );
}
