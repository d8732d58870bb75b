import type { AnnotationDocument, MaskCheck, MaskId } from '../annotation';
import type { WireObject, WireSeed, WireStep } from '../engine/host';
import { runLengthIou } from '../mask';
import { absences, promptedSeed } from './block-seeds';
import type { BlockRunParts } from './block-run';
import { comparable } from './check-plan';
import type { CheckedObject, CheckPart, PlannedCheck } from './check-plan';
import type { RunStep, RunSummary } from './run';
import { rivalsOf } from './run-rivals';

/** One frame of a check. */
export interface CheckStep extends Omit<RunStep, 'areas'> {
  /** IoU of each object's mask with the one that the model came to from the other side, by object id. */
  readonly agreements: Readonly<Record<string, number>>;
}

/** A check that is over: `frames` on which masks were compared, and `masks` that were. */
export type CheckSummary = RunSummary;

/** A mask that was compared: the IoU is about this one and no other. */
interface Compared {
  readonly frame: number;
  readonly mask: MaskId;
  readonly iou: number;
}

/**
 * Does a planned check, and yields each frame's agreements. What was found is in the document at the end of each part,
 * also of one that is cut short. No mask is written.
 */
export async function* checkMasks(
  parts: BlockRunParts,
  plan: PlannedCheck,
  signal: AbortSignal,
): AsyncGenerator<Pick<CheckStep, 'frame' | 'agreements'>, void, undefined> {
  for (const part of plan.parts) {
    const found = new Map<string, Compared[]>();
    try {
      for await (const step of followBack(parts, part, signal)) {
        const agreements = await compare(parts, part, step, found);
        if (Object.keys(agreements).length > 0) yield { frame: step.frame, agreements };
        if (signal.aborted) return;
      }
    } finally {
      commitFound(parts, found);
    }
    if (signal.aborted) return;
  }
}

/** Runs the model over a part from the masks at its far end alone. */
async function* followBack(
  parts: BlockRunParts,
  part: CheckPart,
  signal: AbortSignal,
): AsyncGenerator<WireStep, void, undefined> {
  const { document, video } = parts;
  const { reverse, first, last } = part;
  const objects: WireObject[] = [];
  for (const { id, start } of part.objects) {
    const seed = await seedAt(parts, id, start);
    if (seed) objects.push({ id, seeds: [seed], start, absent: absences(document, id) });
  }
  if (objects.length === 0) return;
  const rivals = await rivalsOf(parts, part, [first, last], reverse ? last : first);
  const wire = {
    video: video.ref,
    model: parts.modelRef(),
    direction: reverse ? ('backward' as const) : ('forward' as const),
    ...{ first, last, objects: [...objects, ...rivals], stride: 1 },
  };
  yield* video.engines.model.run(wire, signal);
}

/** The mask that an object begins with; null where it is gone meanwhile. */
async function seedAt(parts: BlockRunParts, id: string, frame: number): Promise<WireSeed | null> {
  const { document, store } = parts;
  const entry = isThere(document, id) ? document.track(id).entryAt(frame) : undefined;
  if (!entry || entry.area === 0 || document.isAbsent(id, frame)) return null;
  if (entry.source.kind === 'prompted') return promptedSeed(parts, id, frame);
  return { frame, mask: await store.get(entry.mask), prompted: true };
}

/** Compares the masks of a frame. What a person prompted, locked, marked absent or removed meanwhile is left out. */
async function compare(
  { document, store }: BlockRunParts,
  part: CheckPart,
  { frame, masks }: WireStep,
  found: Map<string, Compared[]>,
): Promise<Record<string, number>> {
  const agreements: Record<string, number> = {};
  for (const { objectId, mask } of masks) {
    const asked = part.objects.find((one) => one.id === objectId);
    if (!asked || !isAsked(asked, frame) || !isThere(document, objectId)) continue;
    const entry = comparable(document, objectId, frame);
    if (!entry) continue;
    // Six digits, as for a seam: enough to judge by, and the same in every file.
    const iou = Math.round(runLengthIou(await store.get(entry.mask), mask) * 1e6) / 1e6;
    agreements[objectId] = iou;
    const all = found.get(objectId);
    if (all) all.push({ frame, mask: entry.mask, iou });
    else found.set(objectId, [{ frame, mask: entry.mask, iou }]);
  }
  return agreements;
}

/** Objects of a part may be compared on fewer frames than it goes over. */
function isAsked({ start, frames }: CheckedObject, frame: number): boolean {
  return frame !== start && frame >= frames[0]! && frame <= frames.at(-1)!;
}

/** Notes what was found of the masks that are still those compared. */
function commitFound(parts: BlockRunParts, found: ReadonlyMap<string, readonly Compared[]>): void {
  const { document } = parts;
  for (const [objectId, all] of found) {
    if (!isThere(document, objectId)) continue;
    const track = document.track(objectId);
    const still = all.filter(({ frame, mask }) => track.entryAt(frame)?.mask === mask);
    const checks = still.map(({ frame, iou }): MaskCheck => ({ frame, iou }));
    if (checks.length > 0) parts.commit({ kind: 'set-checks', objectId, checks });
  }
}

function isThere(document: AnnotationDocument, id: string): boolean {
  return document.objects.some((one) => one.id === id);
}
