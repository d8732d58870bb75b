import { setImmediate as nextTurn } from 'node:timers/promises';
import { createBitmap } from '../../mask';
import type { Bitmap } from '../../mask';
import { defaultBlockSize, planBlocks } from '../blocks';
import type { Frame } from '../video';
import type { ChangeCourse } from './carry-change';
import { carriedOf, mendingSeed, courseOf, vouchedFrames } from './corrections';
import type { VouchedFrame } from './corrections';
import { interpolateMasks } from './interpolate-masks';
import { embeddingOf, lookAt } from './looks';
import type { LookParts } from './looks';
import type { Embedding, ObjectMemory, Segmentation, TrackingModel, Closeup } from './model-port';
import { planPasses } from './pass-plan';
import type { Direction, Pass } from './pass-plan';
import { readAhead } from './read-ahead';
import { nothingSaid, saidOn, withoutSaid } from './said-anew';
import type { Ask, StartedAnew } from './said-anew';
import type { Seed, TrackedObject } from './tracked-object';

/** What to propagate; the range's ends are inclusive. */
export interface PropagateOptions {
  readonly direction: Direction;
  readonly first: number;
  readonly last: number;
  readonly objects: readonly TrackedObject[];
  readonly blockSize?: number;
  /**
   * Compute every stride-th frame only and interpolate the masks between: quicker, blind to what happens in between.
   * 1 where nothing is said, and where a correction is carried as a change.
   */
  readonly stride?: number;
}

/** One object's mask on one frame of a run. */
export interface PropagatedMask {
  readonly objectId: string;
  readonly mask: Bitmap;
  readonly score: number;
  /** True where the frame was passed over and its mask lies between two that were computed. */
  readonly interpolated?: boolean;
  /** True where a correction has ended: from here on what is stored stays. */
  readonly ended?: boolean;
}

/** Masks of one frame. Objects that the user prompted on this frame are not in it. */
export interface PropagatedFrame {
  readonly frame: number;
  readonly block: number;
  readonly masks: readonly PropagatedMask[];
  /** Objects that are followed anew from this frame on, rivals too: the user says that they are something else. */
  readonly anew: readonly StartedAnew[];
  /** Seconds spent on this frame. */
  readonly seconds: { readonly encode: number; readonly track: number };
}

interface ObjectState {
  readonly object: TrackedObject;
  readonly memory: ObjectMemory;
  /** What would be remembered without the correction; null where none is carried as a change. */
  readonly uncorrected: ObjectMemory | null;
  /** How far the correction is carried. */
  readonly course: ChangeCourse | null;
  /** Frames that may speak against what of the correction is carried. */
  readonly vouched: readonly VouchedFrame[];
  readonly seedAt: ReadonlyMap<number, Seed>;
  /** The mask that was computed or given last. */
  known: { readonly frame: number; readonly mask: Bitmap } | null;
}

/**
 * Carries masks from their seeds through the range, frame by frame, block by block. Objects are independent but for
 * families whose objects compete; a frame is encoded once for all that are looked for in the same part of it. Between frames other work gets its
 * turn; an aborted signal ends the run after the frame in hand. Leaving the loop stops decoding.
 */
export async function* propagate(
  parts: LookParts,
  options: PropagateOptions,
  signal?: AbortSignal,
): AsyncGenerator<PropagatedFrame, void, undefined> {
  const competing = parts.model.trackTogether !== undefined;
  const objects = options.objects.filter((one) => competing || !one.rival);
  for (const pass of planPasses<TrackedObject>({ ...options, objects }))
    yield* runPass(parts, options, pass, signal);
}

async function* runPass(
  parts: LookParts,
  options: PropagateOptions,
  pass: Pass<TrackedObject>,
  signal: AbortSignal | undefined,
): AsyncGenerator<PropagatedFrame, void, undefined> {
  // A change is added to what is stored of a frame: what lies between two such frames is not between their masks.
  const carries = pass.objects.some((object) => mendingSeed(parts.model, object) !== null);
  const stride = carries ? 1 : (options.stride ?? 1);
  const facts = { frameCount: parts.source.info.frameCount, reverse: pass.reverse, stride };
  const states: ObjectState[] = [];
  for (const object of pass.objects)
    states.push({
      object,
      memory: parts.model.createMemory(facts),
      uncorrected: mendingSeed(parts.model, object) ? parts.model.createMemory(facts) : null,
      course: courseOf(parts.model, object, pass.reverse),
      vouched: await vouchedFrames(parts.model, object, (frame) => embeddingOf(parts, frame, signal)),
      seedAt: new Map(object.seeds.map((seed) => [seed.frame, seed])),
      known: null,
    });
  for (const state of states)
    await rememberBefore(parts, state, pass, (frame) => closeupOfSeeds(parts.model, states, frame), signal);
  const computed = computedFrames(pass, stride);
  const skipped: number[] = [];
  const size = options.blockSize ?? defaultBlockSize;
  for (const block of planBlocks(pass.first, pass.last, size, pass.reverse)) {
    const range = { first: block.first, last: block.last, reverse: pass.reverse };
    const needed = (frame: Frame): boolean => computed(frame.index) && !parts.embeddings.has(frame.index);
    const ahead = readAhead(parts.source.frames(range, signal), (frame) =>
      needed(frame) ? (parts.model.prepare?.(frame) ?? null) : null,
    );
    for await (const { item: frame, prepared } of ahead) {
      if (signal?.aborted) return;
      if (!computed(frame.index)) {
        skipped.push(frame.index);
        continue;
      }
      const asked = states.filter(({ object }) => !object.rival);
      const before = asked.map((state) => state.known);
      const step = await stepFrame(parts, states, pass, frame, prepared, signal).catch((error: unknown) => {
        // What is remembered was being seen again.
        if (signal?.aborted) return null;
        throw error;
      });
      if (signal?.aborted && !step) return;
      for (const between of interpolateSkipped(asked, before, skipped.splice(0)))
        yield { ...between, block: block.number };
      if (step && step.masks.length + step.anew.length > 0) yield { ...step, block: block.number };
      await nextTurn();
      if (signal?.aborted) return;
    }
  }
}

/** Which frames of a pass are computed: every stride-th, those with seeds, and both ends. */
function computedFrames(pass: Pass<TrackedObject>, stride: number): (frame: number) => boolean {
  if (stride <= 1) return () => true;
  const start = pass.reverse ? pass.last : pass.first;
  const seeded = new Set(pass.objects.flatMap((one) => one.seeds.map((seed) => seed.frame)));
  return (frame) =>
    Math.abs(frame - start) % stride === 0 ||
    seeded.has(frame) ||
    frame === pass.first ||
    frame === pass.last;
}

/** The frames that were passed over, between what was known before them and what is known now. */
function* interpolateSkipped(
  states: readonly ObjectState[],
  before: readonly ObjectState['known'][],
  frames: readonly number[],
): Generator<Omit<PropagatedFrame, 'block'>, void, undefined> {
  for (const frame of frames) {
    const masks = states.flatMap(({ object, known }, i) => {
      const from = before[i];
      if (!from || !known || isAbsent(object, frame)) return [];
      const share = (frame - from.frame) / (known.frame - from.frame);
      const mask = interpolateMasks(from.mask, known.mask, share);
      return [{ objectId: object.id, mask, score: 0, interpolated: true }];
    });
    if (masks.length > 0) yield { frame, masks, anew: [], seconds: { encode: 0, track: 0 } };
  }
}

/**
 * Prompted frames that this pass does not visit count all the same: they go into memory first. A family that looks
 * ahead has those that it will visit, too.
 */
async function rememberBefore(
  parts: LookParts,
  state: ObjectState,
  pass: Pass<TrackedObject>,
  closeupOf: (frame: number) => Closeup | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  const start = pass.reverse ? pass.last : pass.first;
  const distance = ({ frame }: Seed): number => Math.abs(frame - start);
  const nearFirst = [...state.object.seeds].sort((a, b) => distance(a) - distance(b));
  const recalled = nearFirst.filter((seed) => !seed.prompted).slice(0, parts.model.recall);
  // A family that looks ahead takes prompted frames as they come; another the nearest first, after what was just there.
  const prompted = (parts.model.looksAhead ? state.object.seeds : nearFirst).filter((one) => one.prompted);
  for (const seed of [...recalled.reverse(), ...prompted]) {
    const inside = seed.frame >= pass.first && seed.frame <= pass.last;
    const visited = inside && pass.startsAt(state.object.id, seed.frame);
    if (visited && !(parts.model.looksAhead && seed.prompted)) continue;
    if (signal?.aborted) return;
    const embedding = await embeddingOf(parts, seed.frame, signal, closeupOf(seed.frame));
    await rememberSeed(parts, state, embedding, seed, seed.prompted);
  }
}

/** What of a frame is looked at to remember the seeds that objects have there. */
function closeupOfSeeds(model: TrackingModel, states: readonly ObjectState[], frame: number): Closeup | null {
  const coming = states.flatMap(({ seedAt }) => seedAt.get(frame)?.mask ?? []);
  return model.closeupFor?.([], coming) ?? null;
}

/**
 * Remembers a seed; with a correction that is carried as a change also as it would be without that. Both sides vouch
 * for the corrected frame: whatever is right or wrong in both tells them apart nowhere.
 */
async function rememberSeed(
  parts: LookParts,
  state: ObjectState,
  embedding: Embedding,
  seed: Seed,
  apart: boolean,
): Promise<void> {
  const { model } = parts;
  const { object, memory, uncorrected, vouched } = state;
  const changed = uncorrected && (!seed.prompted || seed.frame === object.correction?.frame);
  const base = changed ? undefined : seed.base;
  const carried = uncorrected && seed.frame === object.correction?.frame;
  const known = carried
    ? carriedOf(model, vouched, await embeddingOf(parts, seed.frame, undefined), seed)
    : seed.mask;
  await model.remember(memory, embedding, { ...seed, mask: known, base, apart });
  if (!uncorrected) return;
  const mask = changed ? (seed.known ?? seed.base ?? seed.mask) : seed.mask;
  await model.remember(uncorrected, embedding, { ...seed, mask, base, apart });
}

async function stepFrame(
  parts: LookParts,
  states: readonly ObjectState[],
  pass: Pass<TrackedObject>,
  frame: Frame,
  prepared: Promise<object> | null,
  signal: AbortSignal | undefined,
): Promise<Omit<PropagatedFrame, 'block'> | null> {
  const present = states.filter(
    ({ object }) => pass.startsAt(object.id, frame.index) && !isAbsent(object, frame.index),
  );
  if (present.length === 0) return null;
  const seconds = { encode: 0, track: 0 };
  const encode = async (closeup: Closeup | null): Promise<Embedding> =>
    parts.model.encode(frame, (await prepared) ?? undefined, closeup);
  const { followed, searched, nowhere } = looksOf(parts.model, present, frame.index);
  const masks: PropagatedMask[] = [];
  const anew: StartedAnew[] = [];
  for (const [i, group] of [...followed, searched].entries()) {
    if (group.length === 0) continue;
    const began = performance.now();
    const coming = group.flatMap(({ seedAt }) => seedAt.get(frame.index)?.mask ?? []);
    const embedding = await lookAt(parts, frame.index, memoriesOf(group), coming, encode, signal);
    const encoded = performance.now();
    const taken = group === searched ? followed.flat().map(({ known }) => known!.mask) : [];
    const ask: Ask = (memories) => askFor(parts.model, memories, embedding, taken);
    const step = await stepObjects(parts, group, embedding, ask);
    masks.push(...step.masks);
    anew.push(...step.anew);
    if (i === 0) masks.push(...(await stepObjects(parts, nowhere, embedding, findNothing(frame))).masks);
    seconds.encode += (encoded - began) / 1000;
    seconds.track += (performance.now() - encoded) / 1000;
  }
  const place = new Map(present.map(({ object }, at) => [object.id, at]));
  masks.sort((a, b) => place.get(a.objectId)! - place.get(b.objectId)!);
  return { frame: frame.index, masks, anew, seconds };
}

function memoriesOf(states: readonly ObjectState[]): ObjectMemory[] {
  return states.flatMap(({ memory, uncorrected }) => (uncorrected ? [memory, uncorrected] : [memory]));
}

/** Objects by where they are looked for; all together where the family does not say. */
function looksOf(
  model: TrackingModel,
  states: readonly ObjectState[],
  frame: number,
): Readonly<Record<'searched' | 'nowhere', ObjectState[]> & { followed: ObjectState[][] }> {
  const where = model.whereToLook?.(
    states.map((state) => ({
      memories: memoriesOf([state]),
      coming: state.seedAt.get(frame)?.mask ?? null,
      corrected: state.course !== null,
      rival: state.object.rival ?? false,
    })),
  );
  const { followed, searched } = where ?? { followed: [[...states.keys()]], searched: [] };
  const looked = new Set([...followed.flat(), ...searched]);
  const these = (places: readonly number[]): ObjectState[] => places.map((at) => states[at]!);
  const nowhere = states.filter((_, at) => !looked.has(at));
  return { followed: followed.map(these), searched: these(searched), nowhere };
}

/** The answer to where objects are that are not looked for. */
function findNothing({ width, height }: Frame): Ask {
  return async (memories) => memories.map(() => ({ mask: createBitmap(width, height), score: 0 }));
}

function isAbsent({ absent = [] }: TrackedObject, frame: number): boolean {
  return absent.some(([first, last]) => frame >= first && frame <= last);
}

/** Takes over what is known of the frame, computes the rest, and remembers both. */
async function stepObjects(
  parts: LookParts,
  present: readonly ObjectState[],
  embedding: Embedding,
  ask: Ask,
): Promise<Pick<PropagatedFrame, 'masks' | 'anew'>> {
  const { model } = parts;
  const { frameIndex } = embedding;
  const tracked = present.filter(({ seedAt }) => !seedAt.has(frameIndex));
  // A correction is carried against what is stored, which has heeded what was said.
  const carries = present.some((one) => one.course !== null);
  const said = carries ? nothingSaid : await saidOn(model, present, frameIndex, ask);
  const found = await ask(tracked.map((one) => one.memory));
  const without = tracked.some((one) => one.uncorrected)
    ? await ask(tracked.map((one) => one.uncorrected ?? one.memory))
    : null;
  const answers = found.map((one, at) => withoutSaid(model, tracked[at]!, one, said));
  for (const state of present) {
    const seed = state.seedAt.get(frameIndex);
    if (!seed) continue;
    state.known = { frame: frameIndex, mask: seed.mask };
    if (!(model.looksAhead && seed.prompted)) await rememberSeed(parts, state, embedding, seed, false);
  }
  const masks = [];
  for (const [i, answer] of answers.entries()) {
    const { object } = tracked[i]!;
    const mask = await rememberAnswer(model, tracked[i]!, embedding, answer, without?.[i]);
    tracked[i]!.known = { frame: frameIndex, mask };
    const ended = tracked[i]!.course?.ended ? { ended: true } : {};
    if (!object.rival) masks.push({ objectId: object.id, mask, score: answer.score, ...ended });
  }
  return { masks, anew: said.anew };
}

async function askFor(
  model: TrackingModel,
  memories: readonly ObjectMemory[],
  embedding: Embedding,
  taken: readonly Bitmap[],
): Promise<Segmentation[]> {
  if (model.trackTogether && memories.length + taken.length > 1)
    return model.trackTogether(memories, embedding, taken);
  const answers: Segmentation[] = [];
  for (const memory of memories) answers.push(await model.track(memory, embedding));
  return answers;
}

/**
 * Remembers what was found, and answers with the frame's mask. `without`: what would be found without the correction.
 */
async function rememberAnswer(
  model: TrackingModel,
  { object, memory, uncorrected, course }: ObjectState,
  embedding: Embedding,
  answer: Segmentation,
  without: Segmentation | undefined,
): Promise<Bitmap> {
  const { frameIndex } = embedding;
  const stored = object.correction?.stored(frameIndex) ?? null;
  const mask = course
    ? course.carry(frameIndex, stored, answer.mask, (uncorrected && without?.mask) ?? null)
    : answer.mask;
  await model.remember(memory, embedding, { mask, prompted: false, trace: answer.trace });
  if (uncorrected)
    await model.remember(uncorrected, embedding, {
      mask: stored ?? without!.mask,
      prompted: false,
      trace: without?.trace,
    });
  return mask;
}
