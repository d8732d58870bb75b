import { tableOf } from '../formats';
import type { Cell } from '../formats';
import { exportInput } from './write-export';
import type { ExportedWork, ExportOptions } from './write-export';

/** A table as columns of one length, which arquero's `table` and nodejs-polars' `DataFrame` take as they are. */
export interface SessionTable {
  readonly name: string;
  /** In the order of the file. */
  readonly names: readonly string[];
  /** Values by column name; null where there is none. */
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
  readonly rowCount: number;
  /** The same as records, a row each. */
  rows(): Record<string, Cell>[];
}

/** A whole table of a session. Throws a FormatError for a name that is none. */
export async function collectTable(
  work: ExportedWork,
  name: string,
  options: ExportOptions,
): Promise<SessionTable> {
  const table = tableOf(exportInput(work, options), name);
  const names = table.columns.map((one) => one.name);
  const values: Cell[][] = names.map(() => []);
  for await (const row of table.rows()) row.forEach((cell, i) => values[i]!.push(cell));
  return tableOfColumns(name, names, values);
}

/** A table of records that all have the columns named. */
export function tableOfRecords(
  name: string,
  names: readonly string[],
  records: readonly Readonly<Record<string, Cell>>[],
): SessionTable {
  return tableOfColumns(
    name,
    names,
    names.map((column) => records.map((one) => one[column]!)),
  );
}

function tableOfColumns(
  name: string,
  names: readonly string[],
  values: readonly (readonly Cell[])[],
): SessionTable {
  const rowCount = values[0]?.length ?? 0;
  const rowAt = (at: number): Record<string, Cell> =>
    Object.fromEntries(names.map((one, i) => [one, values[i]![at]!]));
  return {
    name,
    names,
    columns: Object.fromEntries(names.map((one, i) => [one, values[i]!])),
    rowCount,
    rows: () => Array.from({ length: rowCount }, (_, at) => rowAt(at)),
  };
}
