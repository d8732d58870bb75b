import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { newObjectEdit } from '../annotation';
import type { AnnotationDocument, Edit, IdSource, MaskStore, TrackChange } from '../annotation';
import { FormatError } from '../errors';
import { formatOf, importNames, mostObjects, tooManyObjects } from '../formats';
import type { ImportedMask, ImportInput } from '../formats';
import { runLengthArea } from '../mask';
import type { Video } from './video';

/** What an import brought. */
export interface ImportReport {
  /** Names of the new objects. */
  readonly objects: readonly string[];
  readonly masks: number;
}

interface ImportingSession {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  readonly video: Video;
  readonly nextId: IdSource;
  restructure(label: string, edit: Edit): void;
}

/** Files beyond this are no masks that this program would write: 2 GiB less a byte, what a Buffer holds at most. */
const largestFile = 2 ** 31 - 1;
const mostFiles = 1_000_000;

/**
 * Reads masks from a file or folder; each object of it becomes a new object here, whose masks have the provenance
 * “imported”. All of it is one edit, made when everything was read: a file that cannot be read changes nothing.
 * Rejects with a FormatError.
 */
export async function importMasks(
  session: ImportingSession,
  format: string,
  path: string,
): Promise<ImportReport> {
  const { read } = formatOf(format);
  if (!read)
    throw new FormatError(
      `“${format}” holds no masks that could be read back. Formats that do: ${importNames().join(', ')}. Nothing was imported.`,
      { format },
    );
  const found = new Map<
    string,
    { readonly first: ImportedMask; readonly changes: Map<number, TrackChange> }
  >();
  for await (const one of read(await filesInput(session.video, path))) {
    const object = found.get(one.key) ?? { first: one, changes: new Map<number, TrackChange>() };
    const area = runLengthArea(one.mask);
    const entry = {
      mask: await session.store.put(one.mask),
      source: { kind: 'imported', format } as const,
      area,
    };
    object.changes.set(one.frame, { frame: one.frame, entry });
    found.set(one.key, object);
    if (found.size > mostObjects) throw tooManyObjects();
  }
  if (found.size === 0)
    throw new FormatError(`There is no mask in ${resolve(path)}. Nothing was imported.`, { path });
  return addObjects(session, [...found.values()]);
}

function addObjects(
  session: ImportingSession,
  found: readonly { readonly first: ImportedMask; readonly changes: ReadonlyMap<number, TrackChange> }[],
): ImportReport {
  const edits: Edit[] = [];
  // Records as they will be when the edits before have been made.
  let { classes, objects, lastNumber } = session.document.records();
  for (const { first, changes } of found) {
    const wanted = { name: first.name, ...(first.className === null ? {} : { class: first.className }) };
    const { edit, object } = newObjectEdit({ classes, objects, lastNumber }, wanted, session.nextId);
    for (const one of edit.kind === 'together' ? edit.edits : [edit]) {
      edits.push(one);
      if (one.kind === 'add-class') classes = [...classes, one.class];
    }
    [objects, lastNumber] = [[...objects, object], object.number];
    edits.push({ kind: 'set-track', objectId: object.id, changes: [...changes.values()] });
  }
  session.restructure('Import masks', { kind: 'together', edits });
  return {
    objects: found.map((one) => one.first.name),
    masks: found.reduce((sum, one) => sum + one.changes.size, 0),
  };
}

/** The files of a folder, or one file. Links are not followed: nothing outside the folder is read. */
export async function filesInput(
  video: Video,
  path: string,
  kept: string = 'Nothing was imported.',
): Promise<ImportInput> {
  const where = resolve(path);
  const about = await stat(where).catch(() => null);
  if (!about) throw new FormatError(`There is nothing at ${where}. ${kept}`, { path });
  if (!about.isDirectory() && !about.isFile())
    throw new FormatError(`${where} is neither a file nor a folder. ${kept}`, { path });
  const root = about.isDirectory() ? where : dirname(where);
  const paths = about.isDirectory() ? await listFiles(root, '') : [basename(where)];
  const names = frameNames(video);
  return {
    video: video.facts,
    paths: paths.sort(),
    frameOf: (name) =>
      names.get(name) ?? (/^\d+$/.test(name) ? (names.get(String(Number(name))) ?? null) : null),
    read: async (file) => {
      const { size } = await stat(join(root, file));
      if (size > largestFile)
        throw new FormatError(`“${file}” is ${size} bytes, more than 2 GiB. ${kept}`, { file });
      return new Uint8Array(
        await readFile(join(root, file)).catch((error: unknown) => {
          throw new FormatError(
            `“${file}” cannot be read (${(error as Error).message}). ${kept}`,
            { file },
            error,
          );
        }),
      );
    },
  };
}

async function listFiles(root: string, below: string): Promise<string[]> {
  const files: string[] = [];
  for (const one of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? one.name : `${below}/${one.name}`;
    if (one.isDirectory()) files.push(...(await listFiles(root, path)));
    else if (one.isFile() && !one.name.startsWith('.')) files.push(path);
    if (files.length > mostFiles)
      throw new FormatError(`There are more than ${mostFiles} files in ${root}. Nothing was imported.`);
  }
  return files;
}

/** Frames by the names that an export gives them, and by those names as numbers. */
function frameNames(video: Video): Map<string, number> {
  const names = new Map<string, number>();
  for (let frame = 0; frame < video.frameCount; frame++) {
    const name = video.frameName(frame);
    names.set(name, frame);
    if (/^\d+$/.test(name)) names.set(String(Number(name)), frame);
  }
  return names;
}
