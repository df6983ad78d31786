const WORDS: readonly (readonly [limit: number, word: string])[] = [
  [0.5, 'slight'],
  [1.25, 'clear'],
  [2.25, 'strong'],
  [Number.POSITIVE_INFINITY, 'extreme'],
];

/** What is shown: `+1.5`, `−0.8`, `0`. */
export function shownStrength(strength: number): string {
  const size = Math.abs(strength).toFixed(1);
  if (size === '0.0') return '0';
  return `${strength > 0 ? '+' : '\u2212'}${size}`;
}

/** What is shown of a score, 0 for the average face: `1.5`, `−0.8`. */
export function shownScore(score: number): string {
  return shownStrength(score).replace('+', '');
}

/** What is spoken of it: `Smile, 1.5 above average`. */
export function spokenScore(label: string, score: number): string {
  const size = Math.abs(score).toFixed(1);
  if (size === '0.0') return `${label}, average`;
  return `${label}, ${size} ${score > 0 ? 'above' : 'below'} average`;
}

/** What is spoken: `Smile, plus 1.5, strong`. */
export function spokenStrength(label: string, strength: number): string {
  const size = Math.abs(strength);
  if (size.toFixed(1) === '0.0') return `${label}, as it is`;
  const word = WORDS.find(([limit]) => size < limit)?.[1] ?? '';
  return `${label}, ${strength > 0 ? 'plus' : 'minus'} ${size.toFixed(1)}, ${word}`;
}
