import { join } from 'node:path';
import { checkExport } from '../session';
import type { ExportOptions, ExportReport, Session } from '../session';
import { counted } from './counted';
import type { Output } from './output';

/** A format and the folder that it is written below. */
export type ExportPlace = readonly [format: string, folder: string];

/** What came of an export, as `--json` gives it. */
export interface FormatReport extends ExportReport {
  readonly format: string;
}

/** Each format and the folder that it is written below: with several each has its own. */
export function exportPlaces(formats: readonly string[], out: string): readonly ExportPlace[] {
  return formats.map((format) => [format, formats.length === 1 ? out : join(out, format)]);
}

/** Rejects with a FormatError, before anything is computed, where the masks could not be written in the end. */
export async function checkPlaces(session: Session, places: readonly ExportPlace[]): Promise<void> {
  for (const [format, folder] of places) await checkExport(session, format, folder);
}

/** Writes one format after the other, and tells what lies beside each. */
export async function* exportEach(
  session: Session,
  places: readonly ExportPlace[],
  optionsOf: (format: string) => ExportOptions,
  output: Output,
): AsyncGenerator<FormatReport, void, undefined> {
  for (const [format, folder] of places) {
    const report = await session.export(format, folder, optionsOf(format));
    tellOthers(report, output);
    yield { format, ...report };
  }
}

/** What an export wrote, in a line. */
export function filesWords({ format, files, folder }: FormatReport): string {
  return `${format}: ${files.length} files in ${folder}\n`;
}

/** Says that an export lies among files that were there before it: whoever reads the folder reads both. */
export function tellOthers(
  { folder, others }: Pick<ExportReport, 'folder' | 'others'>,
  output: Output,
): void {
  if (others.length === 0) return;
  const [were, stay] = others.length === 1 ? ['was', 'stays'] : ['were', 'stay'];
  output.notice(
    `${counted(others.length, 'other file')} of this kind ${were} in ${folder} before and ${stay}: ${others[0]}${others.length > 1 ? ' …' : ''}. Give an empty folder where they are not to be read together.`,
  );
}
