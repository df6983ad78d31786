import { type Attribute, type AttributeSet, dot } from '@facemorph/core';

/** How another attribute moves along with an edit. */
export interface Movement {
  readonly name: string;
  /** Change of its score for a strength of 1. */
  readonly by: number;
}

/** What is known of an attribute, as numbers. */
export interface Evidence {
  /** Shares 0..1, such as AUROC, with what they mean. */
  readonly shares: readonly {
    readonly name: string;
    readonly value: number;
    readonly says: string;
  }[];
  /** The largest first. */
  readonly also: readonly Movement[];
  /** Whether `also` was measured on pictures; else the probes say so. */
  readonly measured: boolean;
}

/** Movements below this are not worth telling. */
const LEAST = 0.05;
const MOST_LINES = 8;

/** Collects it from the file; what the file does not say of other attributes, the probes do. */
export function evidenceOf({ attributes }: AttributeSet, attribute: Attribute): Evidence {
  const { auroc, correlation, success, identity, also } = attribute.evidence;
  const shares = [
    { name: 'told apart', value: auroc, says: 'AUROC on other people; 0.5 is chance' },
    { name: 'correlation', value: correlation, says: 'with the numbers learned from; 0 is chance' },
    { name: 'success', value: success, says: 'edited faces that a judge agrees with' },
    { name: 'identity', value: identity, says: 'kept; 1 is another photo of the same person' },
  ].flatMap((share) => (share.value === undefined ? [] : [{ ...share, value: share.value }]));
  const others = attributes.filter(({ name }) => name !== attribute.name);
  const moved = also
    ? Object.entries(also).map(([name, by]) => ({ name, by }))
    : others.map(({ name, probe }) => ({ name, by: dot(probe.weights, attribute.direction) }));
  return {
    shares,
    also: moved
      .filter(({ by }) => Math.abs(by) >= LEAST)
      .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
      .slice(0, MOST_LINES),
    // `learnAttribute` draws no pictures.
    measured: also !== undefined && attribute.method !== 'learned',
  };
}

const WIDTH = 20;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** The evidence as a table with bars, for a terminal. */
export function evidenceLines({ shares, also, measured }: Evidence): string[] {
  const rows = shares.map(
    ({ name, value, says }) => `  ${name.padEnd(12)} ${bar(value)} ${value.toFixed(2)}  ${says}`,
  );
  if (also.length === 0) return [...rows, '  also moves   nothing much'];
  const longest = Math.max(...also.map(({ name }) => name.length));
  const source = measured ? 'measured on pictures' : 'by the probes';
  return [
    ...rows,
    `  also moves, for a strength of 1 (${source})`,
    ...also.map(({ name, by }) => `    ${name.padEnd(longest)} ${bothWays(by)} ${signed(by)}`),
  ];
}

/** Of a share, with eighths of a letter. */
function bar(share: number): string {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * WIDTH * 8);
  return ('█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]).padEnd(WIDTH, '·');
}

/** To the left of the middle or to its right; ends at a movement of 1. */
function bothWays(by: number): string {
  const half = WIDTH / 2;
  const cells = Math.max(1, Math.round(Math.min(Math.abs(by), 1) * half));
  const filled = '█'.repeat(cells);
  return by < 0
    ? `${filled.padStart(half, '·')}│${'·'.repeat(half)}`
    : `${'·'.repeat(half)}│${filled.padEnd(half, '·')}`;
}

/** With its sign, also where it is positive. */
export function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(2)}`;
}
