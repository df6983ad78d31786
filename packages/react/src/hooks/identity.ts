const identities = new WeakMap<object, number>();
let last = 0;

/** A name of an object that no other has, for keys of what can only be compared by identity. */
export function identityOf(value: object): string {
  const known = identities.get(value) ?? ++last;
  identities.set(value, known);
  return `#${known}`;
}
