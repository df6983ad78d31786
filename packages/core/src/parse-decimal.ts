/**
 * A number as people write one: `undefined` for all but a finite decimal number (`2`, `-.5`, `1e3`), such as
 * nothing, `NaN`, `Infinity` and `0x10`, which `Number()` would take.
 */
export function parseDecimal(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : undefined;
}
