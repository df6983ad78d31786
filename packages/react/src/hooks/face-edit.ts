/** What is done to a face, as plain data: what `onCommit` hands out and undo goes back to. */
export interface FaceEdit {
  /** Change of score by attribute, in standard deviations over faces; absent means 0. */
  readonly strengths: Readonly<Record<string, number>>;
  /** Attributes that other edits leave alone. */
  readonly keep: readonly string[];
}

/** The face as it is. */
export const NO_EDIT: FaceEdit = { strengths: {}, keep: [] };

/** The same edit with one strength changed; 0 removes it. */
export function withStrength(edit: FaceEdit, name: string, strength: number): FaceEdit {
  const { [name]: _, ...others } = edit.strengths;
  return { ...edit, strengths: strength === 0 ? others : { ...others, [name]: strength } };
}

/** The same edit with the lock of one attribute turned over. */
export function withKeepToggled(edit: FaceEdit, name: string): FaceEdit {
  const keep = edit.keep.includes(name)
    ? edit.keep.filter((other) => other !== name)
    : [...edit.keep, name];
  return { ...edit, keep };
}

/** The locks that are no edits themselves: an edited attribute is held by its own strength. */
export function keptNames({ strengths, keep }: FaceEdit): string[] {
  return keep.filter((name) => !strengths[name]);
}

/** Whether two edits do the same. */
export function isSameEdit(a: FaceEdit, b: FaceEdit): boolean {
  if (a === b) return true;
  const names = Object.keys(a.strengths);
  return (
    names.length === Object.keys(b.strengths).length &&
    names.every((name) => a.strengths[name] === b.strengths[name]) &&
    a.keep.length === b.keep.length &&
    a.keep.every((name) => b.keep.includes(name))
  );
}

/** Writes an edit for a link: `smiling=1.5&keep=male,young`. It holds no pixel and no face. */
export function formatEdit({ strengths, keep }: FaceEdit): string {
  const parts = Object.entries(strengths).map(
    ([name, strength]) => `${encodeURIComponent(name)}=${Number(strength.toFixed(2))}`,
  );
  if (keep.length > 0) parts.push(`keep=${keep.map(encodeURIComponent).join(',')}`);
  return parts.join('&');
}

/**
 * Reads what {@link formatEdit} wrote, with or without a leading `#`. What the model does not
 * understand (an attribute it lacks, a strength that is no number) is dropped; strengths are held
 * inside their range.
 */
export function parseEdit(
  text: string,
  attributes: readonly { readonly name: string; readonly range: readonly [number, number] }[],
): FaceEdit {
  const fields = new URLSearchParams(text.replace(/^#/, ''));
  const ranges = new Map(attributes.map(({ name, range }) => [name, range]));
  const strengths: Record<string, number> = {};
  for (const [name, value] of fields) {
    const range = ranges.get(name);
    const strength = Number(value);
    if (!range || value.trim() === '' || !Number.isFinite(strength) || strength === 0) continue;
    strengths[name] = Math.min(range[1], Math.max(range[0], strength));
  }
  const keep = (fields.get('keep') ?? '').split(',').filter((name) => ranges.has(name));
  return { strengths, keep: [...new Set(keep)] };
}
