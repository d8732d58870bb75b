import { FormatError } from '../errors';
import { datasetCategories, datasetFiles } from '../formats';
import type { DatasetClip } from '../formats';
import { exportInput, writeExport } from './write-export';
import type { ExportedWork } from './write-export';

/** Which clips go where, and which frames of them. */
export interface DatasetOptions {
  /** Clips to validate on: their names, or the share of them (0.2), chosen by their names and the same each time. */
  readonly val?: number | readonly string[];
  /** Clips to test on, likewise. */
  readonly test?: number | readonly string[];
  /** Every n-th annotated frame only: neighbours look much the same. */
  readonly every?: number;
  /** True: the frames too, as JPEG. */
  readonly pictures?: boolean;
}

/** A clip of a data set that was written. */
export interface DatasetClipReport {
  readonly name: string;
  readonly split: string;
  /** Frames that at least one object was annotated on; others are left out. */
  readonly frames: number;
  readonly objects: number;
}

/** What was written. */
export interface DatasetReport {
  /** The folder, absolute. */
  readonly folder: string;
  readonly files: readonly string[];
  /** Files of the same kind that were in the same folders before, and stay. */
  readonly others: readonly string[];
  readonly clips: readonly DatasetClipReport[];
  /** By their numbers, from 1. */
  readonly categories: readonly string[];
}

/**
 * Writes several sessions as one data set, with splits by clip: frames of one video are never on both sides. For each split
 * `annotations/SPLIT.json` (YouTube-VIS) and `annotations/instances_SPLIT.json` (COCO); categories are joined by
 * name, and numbers stay when clips are added at the end. Rejects with a FormatError, nothing written, when there is
 * nothing to write or a clip is unknown.
 *
 * @example await exportDataset([a, b, c], "dataset", { val: 0.3, every: 5, pictures: true });
 */
export async function exportDataset(
  sessions: readonly ExportedWork[],
  folder: string,
  options: DatasetOptions = {},
): Promise<DatasetReport> {
  const every = options.every ?? 1;
  if (!Number.isInteger(every) || every < 1)
    throw new FormatError(`\`every\` is a whole number from 1, not ${every}. Nothing was written.`);
  const names = uniqueNames(sessions.map((one) => one.video.name));
  const splits = splitOf(names, options);
  const clips = sessions.map((session, i): DatasetClip => {
    // A frame that nobody looked at would teach that nothing is there.
    const input = exportInput(session, { annotated: true });
    const frames = input.frames.filter((_, at) => at % every === 0);
    const { video } = session;
    const jpeg = async (frame: number): Promise<Uint8Array> => (await video.picture(frame, video.width)).data;
    return {
      name: names[i]!,
      split: splits.get(names[i]!)!,
      input: { ...input, frames },
      jpeg: options.pictures === true ? jpeg : null,
    };
  });
  const empty = clips.find((one) => one.input.frames.length === 0);
  if (empty) throw new FormatError(`“${empty.name}” has no mask. Nothing was written.`);
  const written = await writeExport(datasetFiles(clips), folder);
  return {
    ...written,
    clips: clips.map(({ name, split, input }) => {
      return { name, split, frames: input.frames.length, objects: input.objects.length };
    }),
    categories: datasetCategories(clips),
  };
}

/** Videos of one name are told apart by a number: `clip`, `clip-2`. */
function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let n = 2; taken.has(own); n++) own = `${name}-${n}`;
    taken.add(own);
    return own;
  });
}

function splitOf(names: readonly string[], { val, test }: DatasetOptions): Map<string, string> {
  if (names.length === 0) throw new FormatError('There is no session. Nothing was written.');
  const splits = new Map<string, string>();
  for (const [split, wanted] of [
    ['test', test],
    ['val', val],
  ] as const)
    for (const name of chosen(names, wanted, split, splits)) splits.set(name, split);
  for (const name of names) if (!splits.has(name)) splits.set(name, 'train');
  if (![...splits.values()].includes('train'))
    throw new FormatError(
      `${names.length} ${names.length === 1 ? 'clip leaves' : 'clips leave'} none to train on with these splits. Nothing was written.`,
    );
  return splits;
}

function chosen(
  names: readonly string[],
  wanted: number | readonly string[] | undefined,
  split: string,
  taken: ReadonlyMap<string, string>,
): readonly string[] {
  if (wanted === undefined) return [];
  if (typeof wanted !== 'number') {
    const unknown = wanted.find((one) => !names.includes(one));
    if (unknown === undefined) return wanted;
    const list = names.map((one) => `“${one}”`).join(', ');
    throw new FormatError(`There is no clip “${unknown}”. There are: ${list}. Nothing was written.`);
  }
  if (!(wanted >= 0 && wanted < 1))
    throw new FormatError(
      `The share of “${split}” is from 0 to below 1, not ${wanted}. Nothing was written.`,
    );
  const count = wanted === 0 ? 0 : Math.max(1, Math.round(wanted * names.length));
  const free = names.filter((one) => !taken.has(one));
  return free.sort((a, b) => nameHash(a) - nameHash(b) || (a < b ? -1 : 1)).slice(0, count);
}

/** FNV-1a (Fowler, Noll, Vo): a number that looks like chance and is the same for the same name everywhere. */
function nameHash(name: string): number {
  let hash = 0x811c9dc5;
  for (const sign of name) hash = Math.imul(hash ^ sign.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}
