import type { Face } from '@facemorph/core';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { writeState } from '../../router/use-visit.js';
import { Learned } from './Learned.js';
import { LearnForm } from './LearnForm.js';
import type { WayProps } from './LearnStudio.js';
import { formatLearnNumbers } from './learn-state.js';
import { NumbersField } from './NumbersField.js';
import { keyOf, parseNumbers, standingOf } from './numbers.js';
import { Pile } from './Pile.js';
import { useLearn } from './use-learn.js';
import { useOpenPhotos } from './use-open-photos.js';

interface Shot {
  readonly face: Face;
  readonly file: string;
}

/** Fewer teach nothing. */
const LEAST = 5;

/** Photos, a number for each, and what was learned. */
export function FromNumbers(props: WayProps): ReactNode {
  const { model, shown, onOtherFiles, onError, children } = props;
  const [label, setLabel] = useState(props.label);
  const [shots, setShots] = useState<readonly Shot[]>([]);
  const [text, setText] = useState('');
  const table = useMemo(() => parseNumbers(text), [text]);
  const { learned, learn, forget } = useLearn(model, onError);
  const photos = useOpenPhotos<'numbers'>(model, add, onError);
  const numberOf = ({ file }: Shot): number | undefined => table.values.get(keyOf(file));
  const numbered = shots.filter((shot) => numberOf(shot) !== undefined);

  useEffect(() => {
    if (shown) writeState('learn', formatLearnNumbers(label));
  }, [shown, label]);

  /** A photo of the same name takes the place of the one before: the table cannot tell them apart. */
  function add(face: Face, _pile: 'numbers', { name }: File): void {
    forget();
    setShots((before) => {
      const others = before.filter(({ file }) => keyOf(file) !== keyOf(name));
      return [...others, { face, file: name }];
    });
  }

  function write(numbers: string): void {
    forget();
    setText(numbers);
  }

  function open(files: readonly File[]): void {
    const others = onOtherFiles(files);
    const tables = others.filter(({ name }) => /\.(csv|tsv|txt)$/i.test(name));
    tables[0]?.text().then(write, onError);
    photos.open(
      others.filter((file) => !tables.includes(file)),
      'numbers',
    );
  }

  return (
    <div className="learn-way" hidden={!shown}>
      <div className="piles">
        <Pile
          title="Photos"
          photosName="Photos to learn from"
          hint="Photos go here, and the table with them if you have one."
          faces={shots.map((shot) => {
            const value = numberOf(shot);
            return {
              face: shot.face,
              name: `${shot.file}, ${value ?? 'without a number'},`,
              mark: value === undefined ? '?' : String(value),
            };
          })}
          opening={photos.opening !== null}
          onFiles={open}
          onTakeBack={(index) => {
            forget();
            setShots((before) => before.filter((_, i) => i !== index));
          }}
        />
        <NumbersField text={text} count={table.values.size} onText={write} onFiles={open} />
      </div>
      <LearnForm
        label={label}
        example="Age"
        ready={numbered.length >= LEAST}
        standing={standingOf(
          shots.map(({ file }) => file),
          table,
          LEAST,
        )}
        onLabel={setLabel}
        onLearn={() =>
          learn(label, {
            latents: numbered.map(({ face }) => face.latent),
            values: numbered.map((shot) => numberOf(shot)!),
          })
        }
      />
      {children}
      {learned && <Learned key={learned.attribute.name} model={model} learned={learned} />}
    </div>
  );
}
