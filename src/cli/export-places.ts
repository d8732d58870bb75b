import { join } from 'node:path';
import { checkExport } from '../session';
import type { Session } from '../session';

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
