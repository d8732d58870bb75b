import type { AnnotationDocument, Edit, MaskStore, TrackChange } from '../annotation';
import type { ModelRef, WireRun, WireSeed, WireStep } from '../engine/host';
import { countSteps, planPasses } from '../engine/tracking';
import type { Direction } from '../engine/tracking';
import { EditError, SessionError } from '../errors';
import type { RunStep } from './run';
import { wirePrompts } from './prompt-answers';
import { RunProgress } from './run';
import type { FrameSpan, Video } from './video';

/** What to propagate. */
export interface PropagateOptions {
  /** `both` where nothing is said. */
  readonly direction?: Direction;
  /** Frames, ends inclusive; the whole video where nothing is said. */
  readonly range?: FrameSpan;
  /** Names or ids of the objects; all that have a prompt where nothing is said. */
  readonly objects?: readonly string[];
  /**
   * Compute every stride-th frame only and interpolate between: about stride times quicker, blind to what happens
   * in between. 1 where nothing is said.
   */
  readonly stride?: number;
}

/** What propagation needs of a session. */
export interface PropagationParts {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  readonly video: Video;
  /** The model that the session goes on with. */
  modelRef(): ModelRef;
  apply(edit: Edit): void;
}

/** A run that is planned: what the engine is sent, and how many frames and masks it will compute. */
export interface PlannedRun {
  readonly wire: WireRun;
  readonly objectIds: readonly string[];
  readonly frames: number;
  readonly masks: number;
}

/** Plans a run. Throws a SessionError or EditError sentence where there is nothing to do. */
export async function planRun(parts: PropagationParts, options: PropagateOptions): Promise<PlannedRun> {
  const { document, video } = parts;
  const direction = options.direction ?? 'both';
  const stride = options.stride ?? 1;
  if (!Number.isInteger(stride) || stride < 1)
    throw new SessionError(`stride is a whole number from 1 on, not ${stride}. Nothing was computed.`);
  const [first, last] = video.span(options.range);
  const ids = chosenObjects(document, options.objects);
  const objects = [];
  for (const id of ids) {
    const seeds = await seedsOf(parts, id, direction, [first, last]);
    if (seeds.length > 0) objects.push({ id, seeds });
    else if (options.objects) {
      throw new SessionError(
        `“${document.object(id).name}” has no prompt to start from. Give it a point, box or mask first. Nothing was computed.`,
      );
    }
  }
  const wire = { video: video.ref, model: parts.modelRef(), direction, first, last, objects, stride };
  const { frames, masks } = countSteps(planPasses(wire));
  if (masks === 0) throw new SessionError(nothingToDo(objects.length, direction));
  return { wire, objectIds: objects.map((one) => one.id), frames, masks };
}

function nothingToDo(objects: number, direction: Direction): string {
  if (objects === 0)
    return 'There is nothing to propagate yet: give an object a point, a box or a mask first.';
  const way = direction === 'both' ? '' : ` ${direction}`;
  return `There is no frame to compute${way} from the prompts in this range. Choose another direction or range.`;
}

function chosenObjects(document: AnnotationDocument, wanted: readonly string[] | undefined): string[] {
  if (!wanted) return document.objects.map((one) => one.id);
  return wanted.map((name) => {
    const found = document.objects.find((one) => one.id === name || one.name === name);
    if (found) return found.id;
    throw new EditError(`There is no object “${name}”. Nothing was computed.`, { name });
  });
}

/** Prompted masks in the range and the nearest outside it; and the mask at the edge that the run continues. */
async function seedsOf(
  { document, store }: PropagationParts,
  objectId: string,
  direction: Direction,
  [first, last]: FrameSpan,
): Promise<WireSeed[]> {
  const track = document.track(objectId);
  const prompted = track.frames().filter((frame) => track.entryAt(frame)!.source.kind === 'prompted');
  const inside = prompted.filter((frame) => frame >= first && frame <= last);
  const before = prompted.filter((frame) => frame < first).slice(-1);
  const after = prompted.filter((frame) => frame > last).slice(0, 1);
  const edge = direction === 'backward' ? last + 1 : first - 1;
  const continued = prompted.length > 0 && !prompted.includes(edge) && track.entryAt(edge) ? [edge] : [];
  const seeds: WireSeed[] = [];
  for (const frame of [...before, ...continued, ...inside, ...after]) {
    const { mask, source } = track.entryAt(frame)!;
    const seed = { frame, mask: await store.get(mask), prompted: source.kind === 'prompted' };
    const records = document.promptsAt(objectId, frame);
    if (source.kind !== 'prompted' || records.length === 0) {
      seeds.push(seed);
      continue;
    }
    const base = source.before && source.before.area > 0 ? await store.get(source.before.mask) : undefined;
    seeds.push({ ...seed, prompts: await wirePrompts(records, store), ...(base ? { base } : {}) });
  }
  return seeds;
}

/**
 * Takes the masks of one frame into the document. What the user did meanwhile stands: an object that was
 * removed is left out, and a frame that was prompted keeps its mask.
 */
export async function takeStep(
  parts: PropagationParts,
  runId: string,
  step: WireStep,
  promptedFrames: ReadonlyMap<string, readonly number[]>,
): Promise<Record<string, number>> {
  const { document, store } = parts;
  const areas: Record<string, number> = {};
  for (const { objectId, mask, area, interpolated } of step.masks) {
    const id = await store.put(mask);
    if (!document.objects.some((one) => one.id === objectId)) continue;
    if (document.promptsAt(objectId, step.frame).length > 0) continue;
    const distances = (promptedFrames.get(objectId) ?? []).map((frame) => Math.abs(frame - step.frame));
    const source = {
      kind: 'propagated',
      run: runId,
      distance: Math.min(...distances),
      ...(interpolated ? { interpolated } : {}),
    } as const;
    const changes: TrackChange[] = [{ frame: step.frame, entry: { mask: id, source, area } }];
    parts.apply({ kind: 'set-track', objectId, changes });
    areas[objectId] = area;
  }
  return areas;
}

/** Does a planned run, frame by frame. Resolves with what was done, also when it was cancelled. */
export async function pumpRun(
  parts: PropagationParts,
  runId: string,
  plan: PlannedRun,
  report: (step: RunStep) => void,
  signal: AbortSignal,
): Promise<{ frames: number; masks: number; seconds: number }> {
  const prompted = new Map(
    plan.wire.objects.map(({ id, seeds }) => [
      id,
      seeds.filter((seed) => seed.prompted).map((seed) => seed.frame),
    ]),
  );
  const progress = new RunProgress(plan.frames);
  let frames = 0;
  let masks = 0;
  for await (const step of parts.video.engines.model.run(plan.wire, signal)) {
    const areas = await takeStep(parts, runId, step, prompted);
    frames++;
    masks += Object.keys(areas).length;
    report({ frame: step.frame, ...progress.count(), areas });
  }
  return { frames, masks, seconds: progress.seconds() };
}
