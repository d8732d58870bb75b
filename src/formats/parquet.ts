import type { ExportedFile, ExportInput, Format } from './format';
import { tablesOf } from './tables';
import type { Cell, Column, Table } from './tables';

/** J8: `VIDEO-tables/geometry.parquet` and so on, each column with its type. */
export const parquet: Format = {
  name: 'parquet',
  title: 'Tables (Parquet)',
  keeps:
    'Six tables with their types: objects, geometry, overlaps, prompts, features, events. The masks themselves are not in it.',
  passes: 2,
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    for (const table of tablesOf(input))
      yield { path: `${input.video.name}-tables/${table.name}.parquet`, chunks: pieces(table) };
  },
};

const types = { int: 'INT32', float: 'DOUBLE', bool: 'BOOLEAN', text: 'BYTE_ARRAY' } as const;
const rowsInGroup = 20_000;

/** Rows go out in groups: what is held of a long table is its packed bytes. */
async function* pieces({ columns, rows }: Table): AsyncGenerator<Uint8Array, void, undefined> {
  // Loaded here: it is an ES module, and only this format needs it.
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const bytes = new ByteWriter();
  let sent = 0;
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(schemaElement)],
  });
  const flush = (): Uint8Array => {
    const whole = bytes.getBytes();
    const fresh = whole.slice(sent);
    sent = whole.length;
    return fresh;
  };
  let group: (readonly Cell[])[] = [];
  const write = (): Promise<void> | void =>
    writer.write({
      columnData: columns.map(({ name }, i) => ({ name, data: group.map((row) => row[i]!) })),
      rowGroupSize: rowsInGroup,
    });
  for await (const row of rows()) {
    group.push(row);
    if (group.length < rowsInGroup) continue;
    await write();
    group = [];
    yield flush();
  }
  if (group.length > 0) await write();
  await writer.finish();
  yield flush();
}

function schemaElement({ name, type }: Column): {
  name: string;
  type: (typeof types)[Column['type']];
  repetition_type: 'OPTIONAL';
  converted_type?: 'UTF8';
} {
  const element = { name, type: types[type], repetition_type: 'OPTIONAL' } as const;
  return type === 'text' ? { ...element, converted_type: 'UTF8' } : element;
}
