import { without } from '../annotation';
import type { AnnotationDocument, RunRecord, Seeding } from '../annotation';
import type { Direction } from '../engine/tracking';
import { SessionError } from '../errors';
import { findObject } from './object-names';
import type { WhenBusy } from './run-queue';
import type { FrameSpan, Video } from './video';

/** What to propagate. */
export interface PropagateOptions {
  /**
   * While another run is under way: `wait` for it and those that wait already (where nothing is said); `replace` it, what
   * it has done is kept; or `refuse`, with a SessionError.
   */
  readonly when?: WhenBusy;
  /** `both` where nothing is said. */
  readonly direction?: Direction;
  /** Frames, ends inclusive; the whole video where nothing is said. */
  readonly range?: FrameSpan;
  /** One block, by its number in `session.blocks`, instead of a range. */
  readonly block?: number;
  /** Names or ids of the objects, or numbers as `#2`; all that have a prompt where nothing is said. */
  readonly objects?: readonly string[];
  /**
   * A corrected frame: goes outward from it, for the objects that have a prompt there, and stops where ten frames in a
   * row agree with what is stored (IoU over 0.98).
   */
  readonly from?: number;
  /**
   * Compute every stride-th frame only and interpolate between: about stride times quicker, blind to what happens
   * in between. 1 where nothing is said.
   */
  readonly stride?: number;
  /** Frames in a block; what the settings say where nothing is said here. */
  readonly blockSize?: number;
  /** What a block starts from; what the settings say where nothing is said here. */
  readonly seeding?: Seeding;
  /** Frames that have no mask yet and no others: goes on with a run that was stopped or killed, where it was. */
  readonly missing?: boolean;
}

/** Options as they are kept while a run waits: objects by id, so that they may be renamed meanwhile. */
export type AskedRun = Omit<PropagateOptions, 'when'>;

/** An object of a sweep, and the frame that it is computed from on. */
export interface SweepObject {
  readonly id: string;
  readonly start: number;
}

/** One way over a stretch of frames that no lock interrupts; ends inclusive. */
export interface Sweep {
  readonly reverse: boolean;
  readonly first: number;
  readonly last: number;
  readonly objects: readonly SweepObject[];
}

/** A run that is planned: its sweeps in order, and how many frames and masks they will compute. */
export interface PlannedRun {
  readonly sweeps: readonly Sweep[];
  readonly objectIds: readonly string[];
  readonly frames: number;
  readonly masks: number;
  readonly record: Omit<RunRecord, 'id' | 'model' | 'blockSize'>;
}

/**
 * What is asked for, checked as far as it can be before its turn comes. Throws a SessionError, EditError or VideoError
 * sentence. A name stands for the object that has it now.
 */
export function checkAsked(document: AnnotationDocument, video: Video, options: AskedRun): AskedRun {
  const { objects, ...asked } = options;
  const { stride = 1, from, range } = asked;
  if (!Number.isInteger(stride) || stride < 1)
    throw new SessionError(`stride is a whole number from 1 on, not ${stride}. Nothing was computed.`);
  if (from !== undefined && asked.missing)
    throw new SessionError(
      '`from` is for masks that are there, `missing` for those that are not: give one of them. Nothing was computed.',
    );
  video.span(range);
  if (from !== undefined) video.checkFrame(from);
  return objects ? { ...asked, objects: chosenObjects(document, { objects }) } : asked;
}

/** The objects of a run that are still there when its turn comes. Throws a SessionError where none is. */
export function withoutRemoved(document: AnnotationDocument, asked: AskedRun): AskedRun {
  if (!asked.objects || asked.objects.length === 0) return asked;
  const objects = asked.objects.filter((id) => document.objects.some((one) => one.id === id));
  if (objects.length > 0) return { ...asked, objects };
  throw new SessionError('The objects of a run were removed before its turn came. Nothing was computed.');
}

/** Plans a run. Throws a SessionError or EditError sentence where there is nothing to do. */
export function planRun(document: AnnotationDocument, video: Video, options: AskedRun): PlannedRun {
  const asked = checkAsked(document, video, options);
  const direction = asked.direction ?? 'both';
  const stride = asked.stride ?? 1;
  const [first, last] = video.span(asked.range);
  const ids = chosenObjects(document, options);
  const without = options.objects ? ids.find((one) => promptedFrames(document, one).length === 0) : undefined;
  if (without !== undefined)
    throw new SessionError(
      `“${document.object(without).name}” has no prompt to start from. Give it a point, box or mask first. Nothing was computed.`,
    );
  const sweeps = sweepsFor(document, ids, direction, [first, last], options);
  const { frames, masks } = countSteps(document, sweeps);
  if (masks === 0) throw new SessionError(nothingToDo(document, ids, options));
  const objectIds = ids.filter((id) => sweeps.some((one) => one.objects.some((object) => object.id === id)));
  const seeding = options.seeding ?? document.settings.seeding;
  const from = options.from === undefined ? {} : { from: options.from };
  return {
    sweeps,
    objectIds,
    frames,
    masks,
    record: {
      ...{ direction, objectIds, first, last, stride, seeding },
      ...from,
      ...(options.missing ? { missing: true as const } : {}),
    },
  };
}

/** Frames that a run with `missing` would compute; 0 where every one has its mask, or nothing to start from. */
export function countMissing(document: AnnotationDocument, video: Video, options: PropagateOptions): number {
  const ids = chosenObjects(document, options);
  const wanted = { ...options, missing: true };
  const sweeps = sweepsFor(document, ids, options.direction ?? 'both', video.span(options.range), wanted);
  return countSteps(document, sweeps).frames;
}

function sweepsFor(
  document: AnnotationDocument,
  ids: readonly string[],
  direction: Direction,
  range: FrameSpan,
  { from, missing }: PropagateOptions,
): Sweep[] {
  const sweeps = ids.flatMap((id) => sweepsOf(document, id, direction, range, from));
  return joinSweeps(missing ? sweeps.flatMap((one) => missingParts(document, one)) : sweeps);
}

/** Frames of an object that the user vouched for, rising. */
export function promptedFrames(document: AnnotationDocument, objectId: string): number[] {
  const vouched = document.track(objectId).vouched();
  return vouched.filter((frame) => !document.isAbsent(objectId, frame));
}

/** Ids of the objects that are asked for. Throws an EditError for a name that is not there, or that several have. */
export function chosenObjects(
  document: AnnotationDocument,
  { objects, from }: Pick<PropagateOptions, 'objects' | 'from'>,
): string[] {
  if (objects) return objects.map((name) => findObject(document.objects, name, 'Nothing was computed.').id);
  const ids = document.objects.map((one) => one.id);
  return from === undefined ? ids : ids.filter((id) => promptedFrames(document, id).includes(from));
}

/**
 * The sweeps of one object. Locked frames cut the range into stretches: a run goes on in each that has a prompt of its
 * own, and in the stretch at the range's edge, where it continues what is there. Forward: from the first prompt on.
 * Backward: from the last prompt down. Both: from the first prompt both ways, so that no frame is computed twice.
 */
function sweepsOf(
  document: AnnotationDocument,
  id: string,
  direction: Direction,
  range: FrameSpan,
  from: number | undefined,
): Sweep[] {
  const prompted = promptedFrames(document, id);
  if (prompted.length === 0) return [];
  const locked = [
    ...document.barriers.map((frame) => [frame, frame] as const),
    ...document.locks.filter((one) => one.objectId === id).map((one) => [one.first, one.last] as const),
  ];
  return without([range], locked).flatMap(([first, last]) => {
    const inside = prompted.filter((frame) => frame >= first && frame <= last);
    const sweep = (reverse: boolean, start: number): Sweep =>
      reverse
        ? { reverse, first, last: start, objects: [{ id, start }] }
        : { reverse, first: start, last, objects: [{ id, start }] };
    if (from !== undefined) {
      if (from < first || from > last) return [];
      return [
        ...(direction !== 'backward' && from < last ? [sweep(false, from + 1)] : []),
        ...(direction !== 'forward' && from > first ? [sweep(true, from - 1)] : []),
      ];
    }
    const enters = (edge: number, outside: (frame: number) => boolean): boolean =>
      edge === range[0] || edge === range[1] ? prompted.some(outside) : false;
    const fromBefore = first === range[0] && enters(first, (frame) => frame < first);
    const fromAfter = last === range[1] && enters(last, (frame) => frame > last);
    if (direction === 'forward')
      return fromBefore ? [sweep(false, first)] : inside.length > 0 ? [sweep(false, inside[0]!)] : [];
    if (direction === 'backward')
      return fromAfter ? [sweep(true, last)] : inside.length > 0 ? [sweep(true, inside.at(-1)!)] : [];
    if (fromBefore) return [sweep(false, first)];
    if (inside.length > 0) return [sweep(false, inside[0]!), sweep(true, inside[0]!)];
    return fromAfter ? [sweep(true, last)] : [];
  });
}

/** The stretches of one object's sweep in which there is a frame without a mask, and nothing else. */
function missingParts(document: AnnotationDocument, { reverse, first, last, objects }: Sweep): Sweep[] {
  const { id } = objects[0]!;
  const track = document.track(id);
  const parts: Sweep[] = [];
  for (let from = first; from <= last; from++) {
    if (track.entryAt(from)) continue;
    let to = from;
    while (to < last && !track.entryAt(to + 1)) to++;
    const present = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    if (present.some((frame) => !document.isAbsent(id, frame)))
      parts.push({ reverse, first: from, last: to, objects: [{ id, start: reverse ? to : from }] });
    from = to;
  }
  return parts;
}

/** Sweeps of one way that end together are done together, so that a frame is encoded once for all objects. */
function joinSweeps(sweeps: readonly Sweep[]): Sweep[] {
  const joined = new Map<string, Sweep>();
  for (const one of sweeps) {
    const key = `${one.reverse} ${one.reverse ? one.first : one.last}`;
    const known = joined.get(key);
    joined.set(
      key,
      known
        ? {
            reverse: one.reverse,
            first: Math.min(known.first, one.first),
            last: Math.max(known.last, one.last),
            objects: [...known.objects, ...one.objects],
          }
        : one,
    );
  }
  const all = [...joined.values()];
  return [...all.filter((one) => !one.reverse), ...all.filter((one) => one.reverse)];
}

function countSteps(
  document: AnnotationDocument,
  sweeps: readonly Sweep[],
): { frames: number; masks: number } {
  let [frames, masks] = [0, 0];
  for (const { reverse, first, last, objects } of sweeps) {
    const counts = new Uint32Array(last - first + 1);
    for (const { id, start } of objects) {
      const prompted = new Set(promptedFrames(document, id));
      for (let frame = reverse ? first : start; frame <= (reverse ? start : last); frame++)
        if (!prompted.has(frame) && !document.isAbsent(id, frame)) counts[frame - first]!++;
    }
    frames += counts.filter((count) => count > 0).length;
    masks += counts.reduce((sum, count) => sum + count, 0);
  }
  return { frames, masks };
}

function nothingToDo(
  document: AnnotationDocument,
  ids: readonly string[],
  options: PropagateOptions,
): string {
  const { direction = 'both', from } = options;
  if (!ids.some((id) => promptedFrames(document, id).length > 0)) {
    return from === undefined
      ? 'There is nothing to propagate yet: give an object a point, a box or a mask first.'
      : `There is no prompt on frame ${from}. Correct the object there first; nothing was computed.`;
  }
  if (options.missing) return 'Every frame here has its mask already. Nothing was computed.';
  const locked = document.barriers.length > 0 || document.locks.length > 0;
  const way = direction === 'both' ? '' : ` ${direction}`;
  const why = locked ? ' Locked frames stop a run; it goes on behind them when its range begins there.' : '';
  return `There is no frame to compute${way} from the prompts in this range. Choose another direction or range.${why}`;
}
