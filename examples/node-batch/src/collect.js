import { parquetWriteBuffer } from 'hyparquet-writer';

/** @typedef {import('./stores/store.js').Store} Store */
/** @typedef {NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number]} SchemaElement */

/** Of every column: no value is missing. */
const REQUIRED = /** @type {const} */ ({ repetition_type: 'REQUIRED' });

/** Faces in one file: bounds memory, and is a good size for readers. */
const FACES = 50_000;

/**
 * Gathers the results of an `encode` run into Parquet files: a row for each picture with its name,
 * size, latent (a list of numbers) and a column for each score. Readable by DuckDB, pandas, Spark.
 *
 * @param {Store} results
 * @param {Store} sink
 * @returns {Promise<{ files: string[], rows: number }>}
 */
export async function collectParquet(results, sink) {
  /** @type {string[]} */
  const files = [];
  let rows = 0;
  /** @type {{ name: string, face: any }[]} */
  let faces = [];
  const flush = async () => {
    const file = `faces-${String(files.length).padStart(5, '0')}.parquet`;
    await sink.write(file, toParquet(faces));
    files.push(file);
    rows += faces.length;
    faces = [];
  };
  for (const name of await sorted(results)) {
    const face = JSON.parse(Buffer.from(await results.read(name)).toString());
    if (!Array.isArray(face.latent)) continue;
    faces.push({ name: name.replace(/\.json$/, ''), face });
    if (faces.length === FACES) await flush();
  }
  if (faces.length > 0) await flush();
  return { files, rows };
}

/** @param {Store} store */
async function sorted(store) {
  const names = [];
  for await (const name of store.list()) if (name.endsWith('.json')) names.push(name);
  return names.sort();
}

/** @param {{ name: string, face: any }[]} faces */
function toParquet(faces) {
  const scores = Object.keys(faces[0]?.face.scores ?? {});
  /** @type {[element: SchemaElement, data: any[]][]} */
  const columns = [
    [{ ...REQUIRED, name: 'name', type: 'BYTE_ARRAY', converted_type: 'UTF8' }, []],
    [{ ...REQUIRED, name: 'width', type: 'INT32' }, []],
    [{ ...REQUIRED, name: 'height', type: 'INT32' }, []],
    ...scores.map(
      (score) =>
        /** @type {[SchemaElement, any[]]} */ ([
          { ...REQUIRED, name: `score_${score}`, type: 'DOUBLE' },
          [],
        ]),
    ),
    [{ ...REQUIRED, name: 'latent', converted_type: 'LIST', num_children: 1 }, []],
  ];
  for (const { name, face } of faces) {
    const row = [name, face.width, face.height, ...scores.map((s) => face.scores[s]), face.latent];
    for (const [index, value] of row.entries()) columns[index]?.[1].push(value);
  }
  const buffer = parquetWriteBuffer({
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(([element]) => element),
      // Within the last column, which is a list.
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { ...REQUIRED, name: 'element', type: 'FLOAT' },
    ],
    columnData: columns.map(([{ name }, data]) => ({ name, data })),
  });
  return new Uint8Array(buffer);
}
