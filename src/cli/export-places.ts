import { join } from 'node:path';
import { checkExport } from '../session';
import type { ExportReport, Session } from '../session';
import { counted } from './counted';
import type { Output } from './output';

/** Each format and the folder that it is written below: with several each has its own. */
export function exportPlaces(
  formats: readonly string[],
  out: string,
): readonly (readonly [format: string, folder: string])[] {
  return formats.map((format) => [format, formats.length === 1 ? out : join(out, format)] as const);
}

/** Rejects with a FormatError, before anything is computed, where the masks could not be written in the end. */
export async function checkPlaces(
  session: Session,
  places: readonly (readonly [format: string, folder: string])[],
): Promise<void> {
  for (const [format, folder] of places) await checkExport(session, format, folder);
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
