/** Where a face comes from: one of the sampled faces of a seed, or a picture of the visitor's. */
export type FaceRef =
  | { readonly kind: 'sample'; readonly seed: number; readonly index: number }
  | { readonly kind: 'upload'; readonly id: number; readonly name: string };

/** Everything an edit is made of; what undo goes back to. Holds no pixel. */
export interface StudioDocument {
  readonly face: FaceRef;
  /** Change per attribute in standard deviations; absent means 0. */
  readonly strengths: Readonly<Record<string, number>>;
  /** Attributes that must stay where they are. */
  readonly locks: readonly string[];
}

/** The same document with one strength changed; 0 removes it. */
export function withStrength(
  document: StudioDocument,
  name: string,
  strength: number,
): StudioDocument {
  const { [name]: _, ...others } = document.strengths;
  return { ...document, strengths: strength === 0 ? others : { ...others, [name]: strength } };
}

/** The same document with the lock of one attribute turned over. */
export function withLockToggled(document: StudioDocument, name: string): StudioDocument {
  const locks = document.locks.includes(name)
    ? document.locks.filter((other) => other !== name)
    : [...document.locks, name];
  return { ...document, locks };
}

/** The locks that are not edits themselves: an edited attribute is held by its own strength. */
export function keptNames(document: StudioDocument): string[] {
  return document.locks.filter((name) => !(name in document.strengths));
}

/** Whether two references mean the same face. */
export function isSameFace(a: FaceRef, b: FaceRef): boolean {
  if (a.kind === 'sample') {
    return b.kind === 'sample' && a.seed === b.seed && a.index === b.index;
  }
  return b.kind === 'upload' && a.id === b.id;
}
