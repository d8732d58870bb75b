import type { AnnotationDocument, CarriedMask, Edit, MaskStore, TrackEntry } from '../annotation';
import type { ModelRef, WireObject, WireSeed, WireStep } from '../engine/host';
import { decodeRunLength, runLengthIou, skeletonPoints } from '../mask';
import type { RunLength } from '../mask';
import { cutSweep } from './blocks';
import {
  absences,
  promptedSeed,
  promptedSeeds,
  recalledSeeds,
  storedMasks,
  takenBySweep,
} from './block-seeds';
import { MaskReader } from './mask-arrays';
import { promptedFrames } from './run-plan';
import type { PlannedRun, Sweep } from './run-plan';
import { backFrom, isStillSaid, leaveToObject } from './go-back';
import type { CarriedSweep, SaidAnew, WayBack } from './go-back';
import { rivalsOf } from './run-rivals';
import type { FrameSpan, Video } from './video';

/** What a run needs of its session. */
export interface BlockRunParts {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  readonly video: Video;
  /** The model that the session goes on with. */
  modelRef(): ModelRef;
  /** Takes an edit into the run's step. */
  commit(edit: Edit): void;
}

/** One run, as it is done. */
export interface BlockRun {
  readonly id: string;
  readonly plan: PlannedRun;
  readonly blockSize: number;
  /** The masks of corrected frames that it takes along, to either side; where it goes back from one, it says so here. */
  readonly carried: CarriedMask[];
}

/** A correction ends where as many frames in a row agree with what is stored, by more than this IoU (F6). */
const agreeing = { frames: 10, iou: 0.98 };

/**
 * Does a planned run, block by block, and yields each frame's areas once its masks are in the document. Each block is
 * a run of the engine by itself, which starts from what the document holds: so memory is level, and a block can be
 * done again by itself (F3, F4).
 */
export async function* runBlocks(
  parts: BlockRunParts,
  run: BlockRun,
  signal: AbortSignal,
): AsyncGenerator<BlockStep, void, undefined> {
  const { sweeps, record } = run.plan;
  const back: WayBack[] = [];
  const goesBack = record.from === undefined && !record.missing;
  for (const sweep of sweeps) {
    const steps = runSweep(parts, run, { ...sweep, corrected: record.from }, signal);
    for await (const step of steps) {
      if ('areas' in step) yield step;
      else if (goesBack) back.push(backFrom(sweep, step));
    }
    if (signal.aborted) return;
  }
  back.sort((a, b) => a.corrected - b.corrected);
  let unused = 0;
  for (const sweep of back) {
    if (!isStillSaid(parts.document, sweep)) continue;
    run.carried.push(...takenBySweep(parts.document, sweep, record));
    const frames = sweep.last - sweep.first + 1;
    let done = 0;
    for await (const step of runSweep(parts, run, sweep, signal)) {
      if (!('areas' in step)) continue;
      yield done++ === 0 ? { ...step, more: frames - unused } : step;
    }
    if (done > 0) unused = frames - done;
    if (signal.aborted) return;
  }
}

async function* runSweep(
  parts: BlockRunParts,
  run: BlockRun,
  sweep: CarriedSweep,
  signal: AbortSignal,
): AsyncGenerator<BlockStep | SaidAnew, void, undefined> {
  const { corrected } = sweep;
  const agreements = corrected === undefined ? null : new Agreements(parts);
  const replaced: Replaced = new Map();
  /** Where objects were followed anew last: nothing before that is looked back at. */
  const anew = new Map<string, number>();
  const { first, last, reverse } = sweep;
  let blocks = 0;
  for (const span of cutSweep(first, last, run.blockSize, reverse)) {
    const left = { ...sweep, objects: sweep.objects.filter(({ id }) => !agreements?.has(id)) };
    const objects = await blockObjects(parts, run, left, span, blocks++ > 0, { replaced, anew });
    if (objects.length === 0) continue;
    const starts = objects.map((one) => one.wire.start);
    const start = reverse ? Math.max(...starts) : Math.min(...starts);
    const correction = corrected === undefined ? undefined : { frame: corrected, replaced };
    const rivals = await rivalsOf(parts, left, span, start, { anew, correction });
    const wire = {
      video: parts.video.ref,
      model: parts.modelRef(),
      direction: reverse ? ('backward' as const) : ('forward' as const),
      first: span[0],
      last: span[1],
      objects: [...objects.map((one) => one.wire), ...rivals],
      stride: run.plan.record.stride,
    };
    const shared = new Map(objects.flatMap((one) => (one.seam ? [[one.wire.id, one.seam] as const] : [])));
    for await (const step of parts.video.engines.model.run(wire, signal)) {
      noteSeams(parts, run.id, step, shared);
      const taken = {
        ...step,
        masks: step.masks.filter((one) => shared.get(one.objectId)?.frame !== step.frame),
      };
      if (agreements) noteReplaced(parts, taken, replaced);
      let areas = await takeStep(parts, run.id, taken, agreements);
      if (sweep.found) {
        const masks = taken.masks.filter(({ objectId }) => objectId in areas);
        const others = { id: run.id, objectIds: run.plan.objectIds };
        areas = { ...areas, ...(await leaveToObject(parts, others, { ...taken, masks })) };
      }
      if (Object.keys(areas).length > 0) yield { frame: step.frame, areas };
      for (const { objectId, found } of step.anew) {
        const isNews = anew.get(objectId) !== step.frame && sweep.objects.some(({ id }) => id === objectId);
        anew.set(objectId, step.frame);
        if (found && isNews) yield { frame: step.frame, objectId, found };
      }
      if (signal.aborted) return;
      if (agreements?.allOf(sweep)) break;
    }
    if (signal.aborted) return;
    if (agreements?.allOf(sweep)) break;
  }
}

/** One frame of a run. */
export interface BlockStep {
  readonly frame: number;
  /** Pixels of each object that was computed there. */
  readonly areas: Record<string, number>;
  /** Frames that the run has more to do than was thought; fewer where negative. */
  readonly more?: number;
}

interface BlockObject {
  readonly wire: WireObject & { readonly start: number };
  /** The mask that the block before ended with, on the frame that both share. */
  readonly seam: { readonly frame: number; readonly mask: RunLength } | null;
}

/** Masks that a sweep has put others in place of, by object and frame. */
type Replaced = Map<string, Map<number, string>>;

function noteReplaced({ document }: BlockRunParts, { frame, masks }: WireStep, replaced: Replaced): void {
  for (const { objectId } of masks) {
    const entry = document.objects.some((one) => one.id === objectId)
      ? document.track(objectId).entryAt(frame)
      : undefined;
    if (!entry) continue;
    const known = replaced.get(objectId) ?? new Map<number, string>();
    replaced.set(objectId, known.set(frame, entry.mask));
  }
}

/**
 * What a block's objects start from. `goesOn`: the block's first frame is the last of the one before. `replaced`: what
 * stood where the sweep has been.
 */
async function blockObjects(
  parts: BlockRunParts,
  run: BlockRun,
  sweep: CarriedSweep,
  [first, last]: FrameSpan,
  goesOn: boolean,
  { replaced, anew }: { readonly replaced: Replaced; readonly anew: ReadonlyMap<string, number> },
): Promise<BlockObject[]> {
  const { document, store } = parts;
  const objects: BlockObject[] = [];
  const { corrected, found } = sweep;
  for (const { id, start } of sweep.objects) {
    // Objects may be removed while a run goes on.
    if (!document.objects.some((one) => one.id === id)) continue;
    if (sweep.reverse ? start < first : start > last) continue;
    const edge = sweep.reverse ? last : first;
    const from = sweep.reverse ? Math.min(start, last) : Math.max(start, first);
    const prompted = promptedSeeds(document, id, [first, last], corrected);
    const seeds: WireSeed[] = [];
    for (const frame of prompted) {
      const way = frame === corrected ? (sweep.reverse ? -1 : 1) : undefined;
      const seed = await promptedSeed(parts, id, frame, way);
      seeds.push(way && found ? { ...seed, known: found } : seed);
    }
    const entry =
      goesOn && from === edge && !prompted.includes(edge) ? document.track(id).entryAt(edge) : undefined;
    const stored = entry && !document.isAbsent(id, edge) ? await store.get(entry.mask) : null;
    const absent = absences(document, id);
    if (stored && run.plan.record.seeding === 'skeleton') {
      const seed = await skeletonSeed(parts, edge, stored);
      if (seed) {
        const next = sweep.reverse ? edge - 1 : edge + 1;
        noteSeam(parts, run.id, id, edge, runLengthIou(stored, seed.mask));
        objects.push({ wire: { id, seeds: [...seeds, seed], start: next, absent }, seam: null });
        continue;
      }
    }
    // What lies next to a corrected frame is as wrong as that was: a correction does not look back at it.
    const since = anew.get(id);
    if (since !== undefined || corrected === undefined || Math.abs(from - corrected) > 1) {
      const kept = { replaced: replaced.get(id), since };
      seeds.push(...(await recalledSeeds(parts, id, from, sweep.reverse, kept)));
    }
    if (seeds.length === 0) continue;
    // Where it was followed anew on the edge, that is what it is found from.
    const seam = stored && since !== edge ? { frame: edge, mask: stored } : null;
    const correction =
      corrected === undefined
        ? {}
        : {
            correction: {
              frame: corrected,
              stored: await storedMasks(parts, id, [first, last], replaced.get(id)),
            },
          };
    objects.push({ wire: { id, seeds, start: from, absent, ...correction }, seam });
  }
  return objects;
}

/** The mask that the model makes of points on a mask's skeleton; null for an empty mask. */
async function skeletonSeed(parts: BlockRunParts, frame: number, mask: RunLength): Promise<WireSeed | null> {
  const points = skeletonPoints(decodeRunLength(mask)).map((one) => ({ ...one, positive: true }));
  if (points.length === 0) return null;
  const prompts = { points, box: null, mask: null };
  const { video } = parts;
  const model = parts.modelRef();
  const answer = await video.engines.model.call('segment', {
    video: video.ref,
    model,
    frame,
    prompts,
    base: null,
  });
  return { frame, mask: answer.mask, prompted: true, prompts };
}

function noteSeams(
  parts: BlockRunParts,
  run: string,
  step: WireStep,
  shared: ReadonlyMap<string, NonNullable<BlockObject['seam']>>,
): void {
  for (const { objectId, mask } of step.masks) {
    const seam = shared.get(objectId);
    if (seam?.frame === step.frame) noteSeam(parts, run, objectId, step.frame, runLengthIou(seam.mask, mask));
  }
}

function noteSeam(parts: BlockRunParts, run: string, objectId: string, frame: number, iou: number): void {
  if (!parts.document.objects.some((one) => one.id === objectId)) return;
  // Six digits: enough to judge by, and the same in every file.
  const seam = { objectId, frame, iou: Math.round(iou * 1e6) / 1e6, run };
  parts.commit({ kind: 'set-seam', objectId, frame, seam });
}

/**
 * Takes the masks of one frame into the document. What the user did meanwhile stands: an object that was removed is
 * left out, and a frame that was prompted, locked or marked absent keeps its mask.
 */
async function takeStep(
  parts: BlockRunParts,
  run: string,
  step: WireStep,
  agreements: Agreements | null,
): Promise<Record<string, number>> {
  const { document, store } = parts;
  const areas: Record<string, number> = {};
  for (const { objectId, mask, area, score, interpolated, ended } of step.masks) {
    if (ended) agreements?.end(objectId);
    const may = (): boolean =>
      document.objects.some((one) => one.id === objectId) &&
      document.promptsAt(objectId, step.frame).length === 0 &&
      !document.isLocked(objectId, step.frame) &&
      !document.isAbsent(objectId, step.frame);
    if (agreements?.has(objectId) || !may()) continue;
    await agreements?.compare(objectId, step.frame, mask);
    const id = await store.put(mask);
    if (!may()) continue;
    const prompted = promptedFrames(document, objectId);
    const distance = Math.min(...prompted.map((frame) => Math.abs(frame - step.frame)));
    const source = {
      kind: 'propagated',
      run,
      distance: Number.isFinite(distance) ? distance : 0,
      ...(interpolated ? { interpolated } : {}),
    } as const;
    const entry: TrackEntry = { mask: id, source, area, score };
    parts.commit({ kind: 'set-track', objectId, changes: [{ frame: step.frame, entry }] });
    areas[objectId] = area;
  }
  return areas;
}

/** How far a correction agrees with what is there, by object. */
class Agreements {
  readonly #parts: BlockRunParts;
  readonly #reader: MaskReader;
  readonly #inARow = new Map<string, number>();

  constructor(parts: BlockRunParts) {
    this.#parts = parts;
    this.#reader = new MaskReader(parts.document, parts.store);
  }

  /** Compares a new mask with the one that is stored, whole and as a change sees it. */
  async compare(objectId: string, frame: number, mask: RunLength): Promise<void> {
    const entry = this.#parts.document.track(objectId).entryAt(frame);
    const agrees = (known: RunLength | null): boolean =>
      known !== null && runLengthIou(known, mask) > agreeing.iou;
    const same =
      entry !== undefined &&
      (agrees(await this.#parts.store.get(entry.mask)) ||
        agrees(await this.#reader.changed(objectId, frame)));
    this.#inARow.set(objectId, same ? (this.#inARow.get(objectId) ?? 0) + 1 : 0);
  }

  /** Hears that nothing of an object will differ any more. */
  end(objectId: string): void {
    this.#inARow.set(objectId, agreeing.frames);
  }

  /** True when nothing of an object differs any more. */
  has(objectId: string): boolean {
    return (this.#inARow.get(objectId) ?? 0) >= agreeing.frames;
  }

  allOf(sweep: Sweep): boolean {
    return sweep.objects.every((one) => this.has(one.id));
  }
}
