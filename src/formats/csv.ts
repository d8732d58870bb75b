import type { ExportedFile, ExportInput, Format } from './format';
import { tablesOf } from './tables';
import type { Cell, Table } from './tables';
import { bytesOf } from './text';

/** J8: `VIDEO-tables/geometry.csv` and so on: UTF-8, commas, a dot in numbers, nothing where there is no value (RFC 4180). */
export const csv: Format = {
  name: 'csv',
  title: 'Tables (CSV)',
  keeps:
    'Six tables: objects, geometry, overlaps, prompts, features, events. The masks themselves are not in it.',
  passes: 2,
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    for (const table of tablesOf(input))
      yield { path: `${input.video.name}-tables/${table.name}.csv`, chunks: lines(table) };
  },
};

/** A row as a line of a CSV file. */
export function csvLine(row: readonly Cell[]): string {
  return `${row.map(cell).join(',')}\r\n`;
}

async function* lines(table: Table): AsyncGenerator<Uint8Array, void, undefined> {
  let text = csvLine(table.columns.map((one) => one.name));
  for await (const row of table.rows()) {
    text += csvLine(row);
    if (text.length < 1 << 15) continue;
    yield bytesOf(text);
    text = '';
  }
  yield bytesOf(text);
}

function cell(value: Cell): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
