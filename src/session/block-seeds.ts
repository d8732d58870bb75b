import { baseOf, takenAlong } from '../annotation';
import type { AnnotationDocument, CarriedMask, MaskStore } from '../annotation';
import type { WireSeed } from '../engine/host';
import { runLengthArea } from '../mask';
import type { RunLength } from '../mask';
import { MaskReader } from './mask-arrays';
import { wirePrompts } from './prompt-desk';
import { promptedFrames } from './run-plan';
import type { CarriedSweep } from './go-back';
import type { PlannedRun } from './run-plan';
import type { FrameSpan } from './video';

/** Where what a block starts from is found. */
export interface SeedParts {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
}

/**
 * Masks that a block may look back at, for a model's memory of what was just there; a model takes as many as it needs.
 */
const recall = 20;
/** Prompted frames on either side of a block that its masks are computed with, the nearest ones. */
const promptedAround = 16;

/** Where an object is said to be absent. */
export function absences(document: AnnotationDocument, id: string): FrameSpan[] {
  return document.absences
    .filter((one) => one.objectId === id)
    .map(({ first, last }) => [first, last] as const);
}

/** All prompted frames of a block, the nearest before and after it, and the corrected one that it comes from. */
export function promptedSeeds(
  document: AnnotationDocument,
  id: string,
  [first, last]: FrameSpan,
  corrected?: number,
): number[] {
  const prompted = promptedFrames(document, id);
  const before = prompted.filter((frame) => frame < first).slice(-promptedAround);
  const after = prompted.filter((frame) => frame > last).slice(0, promptedAround);
  return prompted.filter(
    (frame) =>
      (frame >= first && frame <= last) ||
      before.includes(frame) ||
      after.includes(frame) ||
      frame === corrected,
  );
}

/** The masks of the frames that a correction is carried to; `replaced`: those in whose place it has put others already, by frame. */
export async function storedMasks(
  { document, store }: SeedParts,
  id: string,
  [first, last]: FrameSpan,
  replaced?: ReadonlyMap<number, string>,
): Promise<{ readonly frame: number; readonly mask: RunLength }[]> {
  const reader = new MaskReader(document, store);
  const stored = [];
  for (let frame = first; frame <= last; frame++) {
    const before = replaced?.get(frame);
    const mask = before === undefined ? await reader.changed(id, frame) : await store.get(before);
    if (mask) stored.push({ frame, mask });
  }
  return stored;
}

/**
 * A prompted frame, as a run starts from it. `carries`: the way that a correction of this frame is carried. What it
 * changes is counted from what the masks on that side know of the frame.
 */
export async function promptedSeed(
  { document, store }: SeedParts,
  id: string,
  frame: number,
  carries?: 1 | -1,
): Promise<WireSeed> {
  const { mask, source } = document.track(id).entryAt(frame)!;
  const seed = { frame, mask: await store.get(mask), prompted: true };
  const records = document.promptsAt(id, frame);
  if (source.kind !== 'prompted' || records.length === 0) return seed;
  const taken = carries && takenAlong(document, id, frame, carries, mask);
  const corrected = baseOf(source);
  const known = carries && (taken ?? corrected);
  const base = corrected === undefined ? undefined : await store.get(corrected);
  return {
    ...seed,
    prompts: await wirePrompts(records, store),
    ...(base && runLengthArea(base) > 0 ? { base } : {}),
    ...(known ? { known: await store.get(known) } : {}),
  };
}

/** The masks of corrected frames that a run takes along, as they are now, each to the side that it goes to. */
export function masksTaken(
  document: AnnotationDocument,
  { sweeps, record }: PlannedRun,
): readonly CarriedMask[] {
  if (record.missing) return [];
  return sweeps.flatMap((one) => takenBySweep(document, { ...one, corrected: record.from }, record));
}

/** The same of one sweep; none where the run's range ends within the video: it does not go all the way. */
export function takenBySweep(
  document: AnnotationDocument,
  { first, last, reverse, objects, corrected }: CarriedSweep,
  range: Pick<PlannedRun['record'], 'first' | 'last'>,
): CarriedMask[] {
  if (reverse ? range.first > 0 : range.last < document.video.frameCount - 1) return [];
  const there = objects.filter(({ id }) => document.objects.some((one) => one.id === id));
  return there.flatMap(({ id }) =>
    promptedFrames(document, id).flatMap((frame): CarriedMask[] => {
      if (corrected === undefined ? frame < first || frame > last : frame !== corrected) return [];
      const { mask, source } = document.track(id).entryAt(frame)!;
      const before = source.kind === 'prompted' ? source.before?.mask : undefined;
      return before === undefined ? [] : [{ frame, before, mask, way: reverse ? -1 : 1 }];
    }),
  );
}

/**
 * The masks of the `most` frames just before one, farthest first: what the model would remember had it come all the
 * way. `replaced`: the masks that stood there before a correction was carried over them, by frame. `since`: the frame on
 * which it was followed anew: nothing before that, and where it is this one, this.
 */
export async function recalledSeeds(
  { document, store }: SeedParts,
  id: string,
  from: number,
  reverse: boolean,
  {
    most = recall,
    replaced,
    since,
  }: {
    readonly most?: number;
    readonly replaced?: ReadonlyMap<number, string> | undefined;
    readonly since?: number | undefined;
  } = {},
): Promise<WireSeed[]> {
  const seeds: WireSeed[] = [];
  for (let back = most; back >= (since === from ? 0 : 1); back--) {
    const frame = reverse ? from + back : from - back;
    if (since !== undefined && (reverse ? frame > since : frame < since)) continue;
    const entry = document.track(id).entryAt(frame);
    if (!entry || entry.source.kind === 'prompted' || document.isAbsent(id, frame)) continue;
    const before = replaced?.get(frame);
    const base = before === undefined ? {} : { base: await store.get(before) };
    seeds.push({ frame, mask: await store.get(entry.mask), prompted: false, ...base });
  }
  return seeds;
}
