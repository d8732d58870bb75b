import { SessionError } from '../../errors';

/** What brings a file of one version to the next; `migrations[0]` is for files of version 0. */
const migrations: readonly ((file: Record<string, unknown>) => Record<string, unknown>)[] = [
  // 0 → 1: before there were sessions to keep, the version was called `version` and there was no list of runs.
  ({ version, document, ...file }) => {
    void version;
    return { ...file, formatVersion: 1, document: { runs: [], seams: [], ...(document as object) } };
  },
];

/**
 * A session file brought to the version that is read now. Throws a SessionError for a file of a newer Masklet, or of
 * something else.
 */
export function migrate(value: unknown, path: string): unknown {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('format' in value) ||
    value.format !== 'masklet-session'
  )
    throw new SessionError(`${path} is not a session of Masklet.`, { path });
  let file = value as Record<string, unknown>;
  const version = Number(file['formatVersion'] ?? file['version'] ?? NaN);
  if (!Number.isInteger(version) || version < 0)
    throw new SessionError(`${path} does not say which version of the format it is. Nothing was changed.`, {
      path,
    });
  if (version > migrations.length)
    throw new SessionError(
      `${path} was written by a newer Masklet (format ${version}; this one reads up to ${migrations.length}). Nothing was changed. Update Masklet to open it.`,
      { path, version },
    );
  for (const step of migrations.slice(version)) file = step(file);
  return file;
}
