import { FaceGrid, Problem } from '@facemorph/react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { type PageProps, useShell } from '../../app/shell.js';
import { describeFaceRef, formatFaceRef, randomSeed } from '../../faces/face-ref.js';
import { useFaces } from '../../faces/use-faces.js';
import { writeState } from '../../router/use-visit.js';
import { FaceTray } from './FaceTray.js';
import { Hero } from './Hero.js';
import { SheetControls } from './SheetControls.js';
import { formatSheet, parseSheet, refsOf, SHEET_SIZE, type Sheet } from './sheet.js';

/** What the site is about, and a wall of faces that nobody has. */
export function GeneratePage({ query }: PageProps): ReactNode {
  const { model } = useShell();
  const [sheet, setSheet] = useState<Sheet>(() => parseSheet(query));
  const [error, setError] = useState<unknown>(null);
  const refs = useMemo(() => refsOf(sheet), [sheet]);
  const faces = useFaces(model.model, refs);
  const { chosen } = sheet;
  const chosenFace = chosen === null ? undefined : faces[chosen];
  const chosenRef = chosen === null ? undefined : refs[chosen];

  const show = useCallback((next: Sheet): void => {
    setSheet(next);
    setError(null);
    writeState('generate', formatSheet(next));
  }, []);

  const next = (): void =>
    show(
      sheet.like
        ? { ...sheet, number: (sheet.number + 1) % 100, chosen: null }
        : { ...sheet, seed: randomSeed(), chosen: null },
    );

  return (
    <>
      <Hero />
      <section className="page sheet" aria-labelledby="sheet-title">
        <SheetControls sheet={sheet} onSheet={show} onNext={next} />
        {error !== null && <Problem error={error} onDismiss={() => setError(null)} />}
        <FaceGrid
          className="film"
          faces={faces}
          places={SHEET_SIZE}
          chosen={chosen ?? undefined}
          nameOf={(index) => nameOf(sheet, index)}
          onChoose={(index) => show({ ...sheet, chosen: index === chosen ? null : index })}
          onError={setError}
        />
        {chosenFace && chosenRef && (
          <FaceTray
            face={chosenFace}
            name={formatFaceRef(chosenRef)}
            title={describeFaceRef(chosenRef)}
            onMore={() => show({ ...sheet, like: chosenRef, number: 0, chosen: 0 })}
            onClose={() => show({ ...sheet, chosen: null })}
          />
        )}
      </section>
    </>
  );
}

function nameOf({ like, seed }: Sheet, index: number): string {
  if (!like) return `Face ${index + 1} of sheet ${seed}`;
  return index === 0 ? 'The face itself' : `Variation ${index}`;
}
