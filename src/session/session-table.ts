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
  let rowCount = 0;
  for await (const row of table.rows()) {
    row.forEach((cell, i) => values[i]!.push(cell));
    rowCount++;
  }
  const columns = Object.fromEntries(names.map((one, i) => [one, values[i]!]));
  const rowAt = (at: number): Record<string, Cell> =>
    Object.fromEntries(names.map((one, i) => [one, values[i]![at]!]));
  return {
    name,
    names,
    columns,
    rowCount,
    rows: () => Array.from({ length: rowCount }, (_, at) => rowAt(at)),
  };
}
