import fc from 'fast-check';

/** Bytes with the story of how they came to be, which fast-check prints. */
export interface Mutant {
  readonly bytes: Uint8Array<ArrayBuffer>;
  toString(): string;
}

/** A file to start from. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where: headers, which decide most, are hit half of the time. */
type Place = { readonly from: 'start' | 'whole'; readonly at: number };

type Edit =
  | { readonly do: 'cut'; readonly place: Place }
  | { readonly do: 'flip'; readonly place: Place; readonly bit: number }
  | { readonly do: 'write'; readonly place: Place; readonly values: readonly number[] }
  | { readonly do: 'remove'; readonly place: Place; readonly length: number }
  | { readonly do: 'repeat'; readonly place: Place; readonly length: number }
  | { readonly do: 'graft'; readonly place: Place; readonly other: number };

const HEADER = 256;
/** What lengths and counts are checked against too seldom. */
const TELLING = [
  [0],
  [0xff],
  [0x7f],
  [0x80],
  [0, 0, 0, 0],
  [0xff, 0xff, 0xff, 0xff],
  [0x7f, 0xff, 0xff, 0xff],
  [0x80, 0, 0, 0],
  [0, 0, 0xff, 0xff],
  [0, 1, 0, 0],
];

const place: fc.Arbitrary<Place> = fc.record({
  from: fc.constantFrom('start', 'whole'),
  at: fc.nat(0xffffff),
});

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ do: fc.constant('cut' as const), place }),
  fc.record({ do: fc.constant('flip' as const), place, bit: fc.nat(7) }),
  fc.record({
    do: fc.constant('write' as const),
    place,
    values: fc.oneof(
      fc.constantFrom(...TELLING),
      fc.array(fc.nat(255), { minLength: 1, maxLength: 8 }),
    ),
  }),
  fc.record({ do: fc.constant('remove' as const), place, length: fc.integer({ min: 1, max: 64 }) }),
  fc.record({
    do: fc.constant('repeat' as const),
    place,
    length: fc.integer({ min: 1, max: 1024 }),
  }),
  fc.record({ do: fc.constant('graft' as const), place, other: fc.nat(0xffff) }),
);

/** Real files with up to six things wrong, and some with nothing wrong. */
export function mutants(seeds: readonly Seed[]): fc.Arbitrary<Mutant> {
  return fc
    .record({ seed: fc.nat(seeds.length - 1), edits: fc.array(edit, { maxLength: 6 }) })
    .map(({ seed, edits }) => {
      const start = seeds[seed]!;
      const bytes = edits.reduce((made, one) => apply(made, one, seeds), start.bytes);
      return named(`${start.name} ${JSON.stringify(edits)}`, bytes);
    });
}

/** Bytes under a name. */
export function named(name: string, bytes: Uint8Array): Mutant {
  const told = `${name} (${bytes.length} bytes)`;
  const mutant = { bytes: new Uint8Array(bytes), toString: () => told };
  return Object.assign(mutant, { [fc.toStringMethod]: () => told });
}

function apply(bytes: Uint8Array, one: Edit, seeds: readonly Seed[]): Uint8Array {
  const at = one.place.at % Math.max(1, one.place.from === 'start' ? HEADER : bytes.length);
  switch (one.do) {
    case 'cut':
      return bytes.subarray(0, at);
    case 'flip':
      return write(bytes, at, [(bytes[at] ?? 0) ^ (1 << one.bit)]);
    case 'write':
      return write(bytes, at, one.values);
    case 'remove':
      return join(bytes.subarray(0, at), bytes.subarray(at + one.length));
    case 'repeat':
      return join(bytes.subarray(0, at + one.length), bytes.subarray(at));
    case 'graft':
      return join(bytes.subarray(0, at), seeds[one.other % seeds.length]!.bytes.subarray(at));
  }
}

function write(bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array {
  const changed = new Uint8Array(bytes);
  for (const [i, value] of values.entries()) {
    if (at + i < changed.length) changed[at + i] = value;
  }
  return changed;
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
