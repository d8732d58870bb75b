import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AnnotationDocument } from '../annotation';
import { FormatError, refusalWords } from '../errors';
import { formatNames, formatOf } from '../formats';
import type { ExportedFile, ExportInput, Format, Scale } from '../formats';
import { encodeVideo } from './encode-video';
import { ExportWatch } from './export-watch';
import type { ExportWatching } from './export-watch';
import { filesBeside } from './files-beside';
import { makeFolders } from './folder';
import type { MaskReader } from './mask-arrays';
import type { FrameSpan, Video } from './video';

/** What an export wrote. */
export interface ExportReport {
  /** The folder, absolute. */
  readonly folder: string;
  /** Paths below it, with forward slashes, in the order they were written. */
  readonly files: readonly string[];
  /** Files of the same kind that were in the same folders before, and stay: an earlier export’s, as a rule. */
  readonly others: readonly string[];
}

/** What is exported of a session. */
export interface ExportedWork {
  readonly document: AnnotationDocument;
  readonly reader: MaskReader;
  readonly video: Video;
  readonly objects: { get(name: string): { readonly id: string } };
}

/** Which frames and objects to export; everything where nothing is said. */
export interface ExportOptions extends ExportWatching {
  readonly range?: FrameSpan;
  /** Names, ids, or numbers as `#2`. */
  readonly objects?: readonly string[];
  /** True: only frames on which an object has a mask or is absent. In a format, others look as if nothing were there. */
  readonly annotated?: boolean;
  /** What a pixel is in the world: tables then have lengths in that unit besides pixels. */
  readonly scale?: Scale;
}

/** The formats there are: their names, what a menu calls them, what they keep and lose. */
export function exportFormats(): Pick<Format, 'name' | 'title' | 'keeps'>[] {
  return formatNames().map((name) => {
    const { title, keeps } = formatOf(name);
    return { name, title, keeps };
  });
}

/** Writes masks below a folder in a format. */
export function exportMasks(
  work: ExportedWork,
  format: string,
  folder: string,
  options: ExportOptions,
): Promise<ExportReport> {
  const chosen = formatOf(format);
  const watch = new ExportWatch(exportInput(work, options), chosen.passes ?? 1, options);
  return writeExport(chosen.write(watch.input), folder, watch);
}

/** What formats and tables are made from. */
export function exportInput(
  { document, reader, video, objects }: ExportedWork,
  { range, objects: names, annotated = false, scale }: ExportOptions,
): ExportInput {
  const chosen = names?.map((name) => objects.get(name).id);
  const [first, last] = video.span(range);
  if (scale) checkScale(scale);
  const shown = document.objects.filter((one) => !chosen || chosen.includes(one.id));
  const frames = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return {
    video: document.video,
    classes: document.classes,
    objects: shown,
    frames: annotated
      ? frames.filter((frame) => shown.some(({ id }) => isAnnotated(document, id, frame)))
      : frames,
    document,
    frameRate: video.info.frameRate,
    scale: scale ?? null,
    frameName: (frame) => video.frameName(frame),
    timeOf: (frame) => video.timeOf(frame),
    mask: (objectId, frame) => reader.runLength(objectId, frame),
    picture: (frame) => video.frameAt(frame),
    encodeVideo,
  };
}

function isAnnotated(document: AnnotationDocument, objectId: string, frame: number): boolean {
  return document.track(objectId).entryAt(frame) !== undefined || document.isAbsent(objectId, frame);
}

function checkScale({ perPixel, unit }: Scale): void {
  if (perPixel > 0 && Number.isFinite(perPixel) && /^[\p{L}µ]{1,12}$/u.test(unit)) return;
  throw new FormatError(
    `A scale is a length above 0 for each pixel, in a unit such as mm, not ${perPixel} “${unit}”. Nothing was written.`,
  );
}

/**
 * Writes files below a folder, each whole or not at all. Throws a FormatError when a path would leave the folder, when
 * the disk refuses, or when it is given up; what was written before stays, and is said.
 */
export async function writeExport(
  files: AsyncIterable<ExportedFile>,
  folder: string,
  watch: Pick<ExportWatch, 'stopped' | 'fileWritten'> | null = null,
): Promise<ExportReport> {
  const root = resolve(folder);
  const written: string[] = [];
  try {
    for await (const file of files) {
      await writeBelow(root, file, written.length);
      written.push(file.path);
      watch?.fileWritten();
    }
  } catch (error) {
    throw watch?.stopped ? givenUp(root, written.length, error) : error;
  }
  return { folder: root, files: written, others: await filesBeside(root, written) };
}

async function writeBelow(root: string, file: ExportedFile, before: number): Promise<void> {
  const target = resolve(root, file.path);
  if (!target.startsWith(root + sep))
    throw new FormatError(`“${file.path}” would be written outside ${root}.`);
  try {
    await writeWhole(target, file);
  } catch (error) {
    throw new FormatError(
      `“${file.path}” could not be written to ${root}: ${refusalWords(error)}. ${before} files were written before it.`,
      { written: before },
      error,
    );
  }
}

/** What a given up export has left. `fields.cancelled` tells it from a failure. */
function givenUp(root: string, files: number, cause: unknown): FormatError {
  const kept =
    files === 0
      ? 'Nothing was written.'
      : `${files === 1 ? '1 file is' : `${files} files are`} whole in ${root}, and none is half written.`;
  return new FormatError(`The export was cancelled. ${kept}`, { cancelled: true, written: files }, cause);
}

async function writeWhole(target: string, file: ExportedFile): Promise<void> {
  makeFolders(dirname(target));
  const partial = join(dirname(target), `.${process.pid}-${written(target)}.partial`);
  try {
    await pipeline(Readable.from(file.chunks), createWriteStream(partial));
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function written(target: string): string {
  return target.slice(target.lastIndexOf(sep) + 1);
}
