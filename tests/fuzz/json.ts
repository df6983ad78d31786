import fc from 'fast-check';

/** A document that is JSON, damaged as data rather than as text. */
type Json = unknown;

/** Values that readers of JSON forget about. */
const HOSTILE: readonly Json[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  -1e-308,
  2 ** 31,
  2 ** 53,
  '',
  ' ',
  'NaN',
  '__proto__',
  'constructor',
  'smiling',
  '../../../../etc/passwd',
  '/etc/passwd',
  '..\\..\\secret',
  'https://evil.invalid/decoder.onnx',
  'file:///etc/passwd',
  'a'.repeat(100_000),
  '\u0000',
  '\u202e\u0007\u001b[31m',
  '\ud800',
  [],
  {},
  [[[[[[[[]]]]]]]],
  { length: 1e9 },
  { toString: null, valueOf: null },
];

/** Texts whose reading is the attack. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\ufeff{}',
  'null',
  '[]',
  '0',
  '"text"',
  '{"a":1',
  '{"format":"facemorph-model","__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '['.repeat(200_000),
  '{"a":'.repeat(50_000),
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `{"format":${'1'.repeat(100_000)}}`,
  '<!doctype html><title>Not found</title>',
  'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
];

const replacement: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

const change = fc.record({
  path: fc.array(fc.nat(997), { maxLength: 6 }),
  do: fc.constantFrom('replace', 'remove', 'pollute', 'double'),
  value: replacement,
});

/** Documents like the given one with up to three things wrong. */
export function damaged(document: Json): fc.Arbitrary<Json> {
  return fc.array(change, { maxLength: 3 }).map((changes) => {
    let made = structuredClone(document);
    for (const one of changes) made = apply(made, one.path, one.do, structuredClone(one.value));
    return made;
  });
}

/** Each step of the path picks one of the entries there are. */
function apply(node: Json, path: readonly number[], what: string, value: Json): Json {
  if (typeof node !== 'object' || node === null) return value;
  const keys = Object.keys(node);
  const [step, ...rest] = path;
  if (step === undefined || keys.length === 0) {
    if (what !== 'pollute') return value;
    // As JSON.parse makes it: an own property of that name.
    set(node, '__proto__', value);
    return node;
  }
  const key = keys[step % keys.length]!;
  const holder = node as Record<string, Json>;
  if (rest.length > 0 || what === 'pollute') set(node, key, apply(holder[key], rest, what, value));
  else if (what === 'replace') set(node, key, value);
  else if (what === 'double' && Array.isArray(node)) node.push(structuredClone(holder[key]));
  else delete holder[key];
  return node;
}

/** As JSON.parse does it: `__proto__` is a name like any other. */
function set(node: object, key: string, value: Json): void {
  Object.defineProperty(node, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
