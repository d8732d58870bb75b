import type { AnnotationDocument, TrackEntry } from '../annotation';
import { SessionError } from '../errors';
import { chosenObjects, promptedFrames } from './run-plan';
import type { PropagateOptions, Sweep, SweepObject } from './run-plan';
import type { FrameSpan, Video } from './video';

/** What to check; all objects and the whole video where nothing is said. `when`: as for a run. */
export type CheckOptions = Pick<PropagateOptions, 'when' | 'range' | 'objects'>;

/** An object of a part of a check: the mask of its start is the only one that the model knows of. */
export interface CheckedObject extends SweepObject {
  /** Frames whose masks are compared, rising; the start is none of them. */
  readonly frames: readonly number[];
}

/** One way of the model over a block at most: backward over masks that were carried forward, and the other way round. */
export interface CheckPart extends Sweep {
  readonly objects: readonly CheckedObject[];
}

/** A check that is planned. */
export interface PlannedCheck {
  readonly parts: readonly CheckPart[];
  readonly objectIds: readonly string[];
  /** Frames that will be compared: one that two parts compare, for other objects, counts twice. */
  readonly frames: number;
}

/**
 * Plans a check. Masks are followed against the way in which they were made, from the mask beyond their far end (the
 * next prompted frame’s, where there is one), and anew in each block. So every mask that no person stands for is
 * compared once; left out is what has no mask beyond it to begin with. Throws a SessionError or EditError where there
 * is nothing to compare.
 */
export function planCheck(
  document: AnnotationDocument,
  video: Video,
  { range, objects }: Omit<CheckOptions, 'when'>,
  blockSize: number,
): PlannedCheck {
  const span = video.span(range);
  const ids = chosenObjects(document, objects ? { objects } : {});
  const parts = joined(ids.flatMap((id) => partsOf(document, id, span, blockSize)));
  const frames = parts.reduce((sum, one) => sum + countFrames(one), 0);
  if (frames === 0)
    throw new SessionError(
      'There is nothing to check here: a check compares masks that were propagated, merged or imported with those that the model finds from the other side. Propagate first, or choose other objects or frames. Nothing was computed.',
    );
  const objectIds = ids.filter((id) => parts.some((one) => one.objects.some((object) => object.id === id)));
  return { parts, objectIds, frames };
}

/** The mask that a check may compare on a frame; null for none, and for one that a person stands for. */
export function comparable(document: AnnotationDocument, id: string, frame: number): TrackEntry | null {
  const entry = document.track(id).entryAt(frame);
  if (!entry || entry.source.kind === 'prompted') return null;
  return document.isLocked(id, frame) || document.isAbsent(id, frame) ? null : entry;
}

/** One object's part of one block. `nth`: of the parts that it has in the block. */
interface ObjectPart {
  readonly reverse: boolean;
  readonly block: number;
  readonly nth: number;
  readonly object: CheckedObject;
}

/** Frames next to each other whose masks were made one way, and no person stands for. */
interface Segment {
  readonly first: number;
  readonly last: number;
  readonly backward: boolean;
}

function partsOf(
  document: AnnotationDocument,
  id: string,
  [first, last]: FrameSpan,
  blockSize: number,
): ObjectPart[] {
  const parts: ObjectPart[] = [];
  const nths = new Map<string, number>();
  for (const segment of segmentsOf(document, id)) {
    const reverse = !segment.backward;
    const [from, to] = [Math.max(first, segment.first), Math.min(last, segment.last)];
    for (const { block, span } of blocksOf(from, to, blockSize, reverse)) {
      const object = objectPart(document, id, span, blockSize, reverse);
      if (!object) continue;
      const key = `${reverse} ${block}`;
      const nth = nths.get(key) ?? 0;
      nths.set(key, nth + 1);
      parts.push({ reverse, block, nth, object });
    }
  }
  return parts;
}

/** The segments of a track: cut where a person stands for a mask, where there is none, and where another way begins. */
function segmentsOf(document: AnnotationDocument, id: string): Segment[] {
  const frames = document.track(id).frames();
  const prompted = promptedFrames(document, id);
  const found: Segment[] = [];
  const close = (first: number, last: number): void => {
    if (first <= last) found.push(...byWay(document, id, first, last, prompted));
  };
  let first = frames[0] ?? 0;
  const end = frames.at(-1) ?? -1;
  for (let frame = first; frame <= end; frame++) {
    if (document.isAbsent(id, frame) || comparable(document, id, frame)) continue;
    close(first, frame - 1);
    first = frame + 1;
  }
  close(first, end);
  return found;
}

/** Cuts a segment where masks were made another way. An absent frame belongs to what is before it. */
function byWay(
  document: AnnotationDocument,
  id: string,
  first: number,
  last: number,
  prompted: readonly number[],
): Segment[] {
  const otherwise = fromAfter(first, last, prompted);
  const segments: { first: number; last: number; backward: boolean }[] = [];
  for (let frame = first; frame <= last; frame++) {
    const open = segments.at(-1);
    const way = madeBackward(document, id, frame);
    const backward = way === 'absent' ? (open?.backward ?? otherwise) : (way ?? otherwise);
    if (open?.backward === backward) open.last = frame;
    else segments.push({ first: frame, last: frame, backward });
  }
  return segments;
}

/** Which way a run made a mask; null where it is not known, as of imported ones and of runs that went both ways. */
function madeBackward(document: AnnotationDocument, id: string, frame: number): boolean | 'absent' | null {
  const source = comparable(document, id, frame)?.source;
  if (!source) return 'absent';
  const run = source.kind === 'propagated' ? document.runs.find((one) => one.id === source.run) : undefined;
  if (!run) return null;
  if (run.from !== undefined) return frame < run.from;
  return run.direction === 'both' ? null : run.direction === 'backward';
}

/** Where nobody noted it: masks come from the prompt just before them, else from the one just after, else from any. */
function fromAfter(first: number, last: number, prompted: readonly number[]): boolean {
  if (prompted.includes(first - 1)) return false;
  return prompted.includes(last + 1) || (prompted.length > 0 && !prompted.some((one) => one < first));
}

/** Cuts frames at the blocks’ bounds. The frame that two blocks share is where one of them begins. */
function* blocksOf(
  first: number,
  last: number,
  size: number,
  reverse: boolean,
): Generator<{ readonly block: number; readonly span: FrameSpan }, void, undefined> {
  const shift = reverse ? 0 : 1;
  for (let from = first; from <= last;) {
    const block = Math.floor((from - shift) / size);
    const to = Math.min(last, (block + 1) * size - 1 + shift);
    yield { block, span: [from, to] };
    from = to + 1;
  }
}

function objectPart(
  document: AnnotationDocument,
  id: string,
  [first, last]: FrameSpan,
  blockSize: number,
  reverse: boolean,
): CheckedObject | null {
  const start = startOf(document, id, [first, last], blockSize, reverse);
  if (start === null) return null;
  const frames: number[] = [];
  for (let frame = first; frame <= last; frame++)
    if ((reverse ? frame < start : frame > start) && comparable(document, id, frame)) frames.push(frame);
  return frames.length > 0 ? { id, start, frames } : null;
}

/** The nearest mask beyond the far end that is not empty; the farthest within, where there is none. */
function startOf(
  document: AnnotationDocument,
  id: string,
  [first, last]: FrameSpan,
  blockSize: number,
  reverse: boolean,
): number | null {
  const track = document.track(id);
  const serves = (frame: number): boolean =>
    (track.entryAt(frame)?.area ?? 0) > 0 && !document.isAbsent(id, frame);
  const [far, way] = reverse ? [last, 1] : [first, -1];
  for (let away = 1; away <= blockSize; away++) {
    const frame = far + way * away;
    if (serves(frame)) return frame;
    // A frame without a mask, or an empty one that a person stands for: what is beyond it is another story.
    if (!document.isAbsent(id, frame) && !comparable(document, id, frame)) break;
  }
  for (let within = 0; within <= last - first; within++) {
    const frame = far - way * within;
    if (serves(frame)) return frame;
  }
  return null;
}

/** Objects of one block and one way are done together, so that a frame is encoded once for all of them. */
function joined(all: readonly ObjectPart[]): CheckPart[] {
  const groups = new Map<string, ObjectPart[]>();
  for (const one of all) {
    const key = `${one.block} ${one.reverse} ${one.nth}`;
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  const ordered = [...groups.values()].sort(
    ([a], [b]) => a!.block - b!.block || a!.nth - b!.nth || Number(a!.reverse) - Number(b!.reverse),
  );
  return ordered.map((group) => {
    const objects = group.map((one) => one.object);
    const ends = objects.flatMap(({ start, frames }) => [start, frames[0]!, frames.at(-1)!]);
    return { reverse: group[0]!.reverse, first: Math.min(...ends), last: Math.max(...ends), objects };
  });
}

function countFrames({ objects }: CheckPart): number {
  return new Set(objects.flatMap((one) => one.frames)).size;
}
