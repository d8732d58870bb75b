import { meanOf } from '../../metrics';
import type { EvaluatedSequence } from './evaluate-sequence';
import type { WatchedMemory } from './memory-watch';
import { paperIou } from './paper';

type Column = readonly [title: string, value: (one: EvaluatedSequence) => string];

const duration = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
/** A measure to three digits; a dash where nothing was measured. */
export const three = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '–');
const mib = (value: number | undefined): string => (value === undefined ? 'n/a' : value.toFixed(0));

const commonColumns: readonly Column[] = [
  ['sequence', (one) => one.sequence],
  ['frames', (one) => String(one.frames)],
  ['instances', (one) => String(one.instances)],
  ['masks', (one) => String(one.masks)],
  ['mean IoU', (one) => three(one.iou)],
  ['paper', (one) => (paperIou[one.sequence] === undefined ? '' : three(paperIou[one.sequence]!))],
  ['mean Dice', (one) => three(one.dice)],
  ['pixel acc.', (one) => three(one.pixelAccuracy)],
  ['J', (one) => three(one.region)],
  ['F', (one) => three(one.boundary)],
  ['J&F', (one) => three(one.regionAndBoundary)],
  ['absent', (one) => (one.absent.frames === 0 ? '' : `${one.absent.wrong}/${one.absent.frames}`)],
  ['clicks', (one) => String(one.clicks)],
  ['s/frame', (one) => (one.computed === 0 ? '' : (one.seconds / one.computed).toFixed(2))],
  ['duration', (one) => duration(Math.round(one.seconds))],
  ['MiB least', (one) => mib(one.memory?.least)],
  ['MiB most', (one) => mib(one.memory?.most)],
  ['MiB diff.', (one) => mib(one.memory ? one.memory.most - one.memory.least : undefined)],
];
/** Shown where a GPU was seen. */
const gpuColumns: readonly Column[] = [
  ['GPU least', (one) => mib(one.gpuMemory?.least)],
  ['GPU most', (one) => mib(one.gpuMemory?.most)],
  ['GPU diff.', (one) => mib(one.gpuMemory ? one.gpuMemory.most - one.gpuMemory.least : undefined)],
];

/** What the columns are. */
export const reportNotes: readonly string[] = [
  'Means are over all frames after each object’s first that have a truth. absent: frames without the object that were given a mask.',
  'J, F: DAVIS’s region and boundary measures. MiB: the model’s process, and the GPU where there is one. paper: SAM 2.1 large and a person’s prompts.',
];

/** The paper's tables 1 and 3 of what was evaluated, and DAVIS's figures: one row a sequence and one for all of several. */
export function reportTable(results: readonly EvaluatedSequence[]): {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const columns = results.some((one) => one.gpuMemory) ? [...commonColumns, ...gpuColumns] : commonColumns;
  const shown = results.length > 1 ? [...results, wholeOf(results)] : results;
  return {
    titles: columns.map(([title]) => title),
    rows: shown.map((one) => columns.map(([, value]) => value(one))),
  };
}

/** The table as text. */
export function reportText(results: readonly EvaluatedSequence[], heading: string): string {
  const { titles, rows } = reportTable(results);
  const widths = titles.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd();
  const rule = '-'.repeat(widths.reduce((sum, one) => sum + one + 2, -2));
  return [heading, '', line(titles), rule, ...rows.map(line), '', ...reportNotes, ''].join('\n');
}

/** Means over the sequences that have a value, as the paper's last line has them; counts are sums. */
function wholeOf(results: readonly EvaluatedSequence[]): EvaluatedSequence {
  const sum = (value: (one: EvaluatedSequence) => number): number =>
    results.reduce((total, one) => total + value(one), 0);
  const mean = (value: (one: EvaluatedSequence) => number): number =>
    meanOf(results.map(value).filter(Number.isFinite));
  return {
    ...results[0]!,
    sequence: 'all',
    frames: sum((one) => one.frames),
    instances: sum((one) => one.instances),
    masks: sum((one) => one.masks),
    iou: mean((one) => one.iou),
    dice: mean((one) => one.dice),
    pixelAccuracy: mean((one) => one.pixelAccuracy),
    region: mean((one) => one.region),
    boundary: mean((one) => one.boundary),
    regionAndBoundary: mean((one) => one.regionAndBoundary),
    absent: { frames: sum((one) => one.absent.frames), wrong: sum((one) => one.absent.wrong) },
    clicks: sum((one) => one.clicks),
    seconds: sum((one) => one.seconds),
    computed: sum((one) => one.computed),
    memory: widest(results.map((one) => one.memory)),
    gpuMemory: widest(results.map((one) => one.gpuMemory)),
  };
}

/** The least and the most of all; null where one is not known. */
function widest(seen: readonly (WatchedMemory | null)[]): WatchedMemory | null {
  const known = seen.filter((one) => one !== null);
  if (known.length < seen.length) return null;
  return {
    least: Math.min(...known.map((one) => one.least)),
    most: Math.max(...known.map((one) => one.most)),
  };
}
