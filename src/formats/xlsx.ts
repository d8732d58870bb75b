import { Zip, ZipDeflate } from 'fflate';
import { FormatError } from '../errors';
import type { ExportedFile, ExportInput, Format } from './format';
import { tablesOf } from './tables';
import type { Cell, Column } from './tables';
import { bytesOf, xmlText } from './text';

/** J8: one `VIDEO.xlsx`, a sheet a table. */
export const xlsx: Format = {
  name: 'xlsx',
  title: 'Tables (Excel)',
  keeps:
    'Six sheets: objects, geometry, overlaps, prompts, features, events. The masks themselves are not in it; 1,048,575 rows a sheet at most.',
  passes: 2,
  async *write(input: ExportInput): AsyncGenerator<ExportedFile, void, undefined> {
    yield { path: `${input.video.name}.xlsx`, chunks: workbook(tablesOf(input)) };
  },
};

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: () => AsyncIterable<readonly Cell[]>;
}

/** The last row that Excel has, less the one with the names. */
const mostRows = 1_048_575;
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = 'http://schemas.openxmlformats.org';

/** A workbook as ECMA-376 has it, in pieces: texts lie in their cells, so that no row waits for another. */
export async function* workbook(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array, void, undefined> {
  let out: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    out.push(chunk);
  });
  for (const [path, text] of frameFiles(sheets)) {
    const file = entry(path);
    zip.add(file);
    file.push(bytesOf(declaration + text), true);
  }
  for (const [i, sheet] of sheets.entries()) {
    const file = entry(`xl/worksheets/sheet${i + 1}.xml`);
    zip.add(file);
    for await (const text of sheetText(sheet)) {
      file.push(bytesOf(text));
      yield* out;
      out = [];
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* out;
}

function entry(path: string): ZipDeflate {
  const file = new ZipDeflate(path, { level: 6 });
  file.mtime = new Date(1980, 0, 1);
  return file;
}

function frameFiles(sheets: readonly Sheet[]): [path: string, text: string][] {
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = sheets
    .map(
      (_, i) =>
        `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${types}.worksheet+xml"/>`,
    )
    .join('');
  const list = sheets
    .map(({ name }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('');
  const relation = (i: number, kind: string, target: string): string =>
    `<Relationship Id="rId${i}" Type="${office}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;
  const relations = `xmlns="${office}/package/2006/relationships"`;
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>${overrides}</Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships ${relations}>${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships ${relations}>${sheets.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets>${list}</sheets></workbook>`,
    ],
  ];
}

async function* sheetText({ name, columns, rows }: Sheet): AsyncGenerator<string, void, undefined> {
  let text = `${declaration}<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>`;
  text += rowText(columns.map((one) => one.name));
  let count = 0;
  for await (const row of rows()) {
    if (++count > mostRows)
      throw new FormatError(
        `The table “${name}” has more than the ${mostRows} rows that Excel holds. Nothing was written; use csv or parquet, or a range.`,
      );
    text += rowText(row);
    if (text.length < 1 << 15) continue;
    yield text;
    text = '';
  }
  yield `${text}</sheetData></worksheet>`;
}

function rowText(row: readonly Cell[]): string {
  return `<row>${row.map(cellText).join('')}</row>`;
}

function cellText(value: Cell): string {
  if (value === null) return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
}
