import type { AnnotationDocument, MaskSource, ObjectRecord } from '../annotation';
import { FormatError } from '../errors';
import type { Cell } from '../formats';
import { bitmapArea, decodeRunLength, voidLabel } from '../mask';
import type { Bitmap } from '../mask';
import { againstTruth, SequenceScorer } from '../metrics';
import type { MaskScore, SequenceScore, Statistics } from '../metrics';
import type { TruthMasks } from './ground-truth';
import type { MaskReader } from './mask-arrays';
import { objectNames } from './object-names';
import type { FrameSpan, Video } from './video';

/** What to evaluate; every known frame and every object where nothing is said. */
export interface EvaluateOptions {
  /** First and last frame, both included. */
  readonly range?: FrameSpan;
  /** False leaves out the frames that a person prompted, whose masks are not the tracker's. */
  readonly prompted?: boolean;
  /** Numbers in the truth by object name, where they are not those of the objects here. */
  readonly numbers?: Readonly<Record<string, number>>;
}

/** One object on one frame against the truth. */
export interface EvaluationRow extends Omit<MaskScore, 'area'> {
  readonly object: string;
  /** Seconds from the first frame; null where the source has no time. */
  readonly time: number | null;
  /** Where the mask here comes from; null where none was computed, which counts as an empty one. */
  readonly source: MaskSource['kind'] | null;
  /** Pixels of the mask here, void ones among them. */
  readonly area: number;
}

/** One object through the video. */
export interface EvaluatedObject {
  readonly name: string;
  readonly frames: number;
  /** J: mean, recall and decay of the IoU, as the DAVIS evaluation has them. */
  readonly region: Statistics;
  /** F: the same of the boundary measure. */
  readonly boundary: Statistics;
}

/** How a session's masks agree with known ones. Measures are 0 to 1; formulas and their sources: docs/evaluation.md. */
export interface Evaluation extends Omit<SequenceScore, 'objects'> {
  /** Where the truth is from, in words. */
  readonly truth: string;
  /** A row for each object on each known frame, frames rising. */
  readonly rows: readonly EvaluationRow[];
  readonly objects: readonly EvaluatedObject[];
  /** The share of pixels with the right object, background included, by frame. */
  readonly accuracies: readonly { readonly frame: number; readonly pixelAccuracy: number }[];
  /** Numbers in the truth that no object here has; they are in no figure but the pixel accuracy. */
  readonly missing: readonly number[];
  /** Objects here that the truth does not have; likewise. */
  readonly extra: readonly string[];
  /** The rows as columns, which arquero's `table` and nodejs-polars' `DataFrame` take as they are. */
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
}

/** What an evaluation reads. */
export interface EvaluatedWork {
  readonly document: AnnotationDocument;
  readonly reader: MaskReader;
  readonly video: Video;
}

/** An object and its number in the truth. */
interface Pair {
  readonly object: ObjectRecord;
  readonly number: number;
}

/** What stands for an object here that the truth does not have: no number of the truth. */
const unpaired = 255;

const columnNames = [
  'frame',
  'time',
  'object',
  'iou',
  'dice',
  'boundary',
  'present',
  'area',
  'source',
] as const satisfies readonly (keyof EvaluationRow)[];

/**
 * Scores the masks of a session against known ones, one frame in memory at a time. Rejects with a FormatError when they
 * have no frame or no object in common.
 */
export async function evaluateMasks(
  work: EvaluatedWork,
  truth: TruthMasks,
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { document, reader, video } = work;
  const frames = knownFrames(truth, video, options);
  const numbers = await numbersOf(truth, frames);
  const names = objectNames(document.objects);
  checkNames([...names.values()], options);
  const pairs = pairObjects(document.objects, truth, options).filter((one) => numbers.has(one.number));
  if (pairs.length === 0) throw nothingInCommon(truth, numbers, document.objects);
  const scorer = new SequenceScorer();
  const rows: EvaluationRow[] = [];
  const accuracies: { frame: number; pixelAccuracy: number }[] = [];
  const renumbered = new Map(pairs.map(({ object, number }) => [object.number, number]));
  for (const frame of frames) {
    const known = await truth.labels(frame);
    for (const pair of pairs) {
      const name = names.get(pair.object.id)!;
      const source = sourceOf(document, pair.object.id, frame);
      if (options.prompted === false && source === 'prompted') continue;
      const mask = await maskOf(work, pair.object.id, frame);
      const compared = againstTruth(mask, known, pair.number);
      const score = scorer.addMask(name, frame, compared.mask, compared.truth);
      const [time, area] = [video.timeOf(frame), bitmapArea(mask)];
      rows.push({ ...score, object: name, time, source, area });
    }
    const labels = (await reader.labels(document.objects, frame)).data;
    const here = labels.map((one) => (one === 0 ? 0 : (renumbered.get(one) ?? unpaired)));
    accuracies.push({ frame, pixelAccuracy: scorer.addLabels(here, known) });
  }
  const { objects, ...score } = scorer.score();
  return {
    ...score,
    truth: truth.name,
    rows,
    objects: objects.map(({ masks, ...one }) => ({ ...one, frames: masks.length })),
    accuracies,
    missing: [...numbers].filter((one) => !pairs.some(({ number }) => number === one)),
    extra: document.objects
      .filter((one) => !pairs.some(({ object }) => object.id === one.id))
      .map((one) => names.get(one.id)!),
    columns: columnsOf(rows),
  };
}

/** Objects here with the numbers they have in the truth: by what was said, by name, or by their own number. */
export function pairObjects(
  objects: readonly ObjectRecord[],
  { names }: TruthMasks,
  { numbers }: Pick<EvaluateOptions, 'numbers'>,
): Pair[] {
  const called = objectNames(objects);
  return objects.flatMap((object) => {
    const name = called.get(object.id)!;
    const number = numbers?.[name] ?? (names ? names.get(name) : object.number);
    return number === undefined ? [] : [{ object, number }];
  });
}

/** A number for an object that is not there would go unheard. */
function checkNames(names: readonly string[], { numbers }: EvaluateOptions): void {
  const unknown = Object.keys(numbers ?? {}).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new FormatError(
      `No object is called “${unknown}”, which was given a number. There are: ${names.join(', ')}. Nothing was evaluated.`,
      { object: unknown },
    );
}

/** An object's mask here; empty where none was computed. */
export async function maskOf({ reader, video }: EvaluatedWork, id: string, frame: number): Promise<Bitmap> {
  const mask = await reader.runLength(id, frame);
  const { width, height } = video;
  return mask ? decodeRunLength(mask) : { width, height, data: new Uint8Array(width * height) };
}

function knownFrames(truth: TruthMasks, video: Video, { range }: EvaluateOptions): number[] {
  const [first, last] = video.span(range);
  const frames = truth.frames.filter((one) => one >= first && one <= last);
  if (frames.length > 0) return frames;
  throw new FormatError(
    `${truth.name} knows nothing of frames ${first} to ${last}. Nothing was evaluated; it begins at frame ${truth.frames[0]}.`,
  );
}

/** The numbers of the truth's objects. */
async function numbersOf(truth: TruthMasks, frames: readonly number[]): Promise<Set<number>> {
  if (truth.names) return new Set(truth.names.values());
  const numbers = new Set<number>();
  for (const frame of frames) for (const one of await truth.labels(frame)) numbers.add(one);
  numbers.delete(0);
  numbers.delete(voidLabel);
  return new Set([...numbers].sort((a, b) => a - b));
}

function nothingInCommon(
  truth: TruthMasks,
  numbers: ReadonlySet<number>,
  objects: readonly ObjectRecord[],
): FormatError {
  const known = truth.names
    ? [...truth.names.keys()].map((one) => `“${one}”`)
    : [...numbers].map((one) => `number ${one}`);
  const here = objects.map((one) => `“${one.name}” (number ${one.number})`);
  const list = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.join(', '));
  return new FormatError(
    `No object here is in the truth. Here: ${list(here)}. In the truth: ${list(known)}. Nothing was evaluated; say which is which: { numbers: { "NAME": 1 } } in a cell, --numbers NAME=1 for a command.`,
  );
}

function sourceOf(document: AnnotationDocument, id: string, frame: number): EvaluationRow['source'] {
  return document.track(id).entryAt(frame)?.source.kind ?? null;
}

function columnsOf(rows: readonly EvaluationRow[]): Evaluation['columns'] {
  return Object.fromEntries(columnNames.map((name) => [name, rows.map((row) => row[name])]));
}
