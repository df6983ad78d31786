import { type ReactNode, useId } from 'react';
import { DropArea } from './DropArea.js';
import { FileButton } from './FileButton.js';

interface NumbersFieldProps {
  readonly text: string;
  /** How many numbers were read from it. */
  readonly count: number;
  readonly onText: (text: string) => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A table to type, paste, drop or open: a file name and a number a line. Renders a `<section>`. */
export function NumbersField({ text, count, onText, onFiles }: NumbersFieldProps): ReactNode {
  const id = useId();
  return (
    <DropArea className="pile" labelledBy={id} onFiles={onFiles}>
      <div className="pile-head">
        <h2 id={id}>
          Numbers <span>{count}</span>
        </h2>
        <FileButton icon="open" name="A table" accept=".csv,.tsv,.txt,text/csv" onFiles={onFiles}>
          Table
        </FileButton>
      </div>
      <textarea
        className="numbers"
        aria-label="A photo and its number on each line"
        placeholder={'anna.jpg, 34\nben.jpg, 51'}
        rows={5}
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      <p>A file name and a number on each line, as a spreadsheet saves them (CSV).</p>
    </DropArea>
  );
}
