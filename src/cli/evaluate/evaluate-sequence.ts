import { againstTruth, maskOfLabel, overlapOf, sequenceLabels, SequenceScorer } from '../../metrics';
import type { Compared, SequenceScore } from '../../metrics';
import { openVideoPath, Session } from '../../session';
import type { AnnotatedObject, EnginePair, PropagateOptions, Video } from '../../session';
import type { Sequence } from './dataset';
import { numbersIn, readLabels } from './label-picture';
import type { LabelPicture } from './label-picture';
import { GpuMemoryWatch, MemoryWatch } from './memory-watch';
import type { WatchedMemory } from './memory-watch';
import { firstClick, nextClick } from './simulated-user';

/** How a sequence is worked on. */
export interface EvaluationPlan {
  /** Clicks on an object's first frame; 0: its true mask is given there. */
  readonly promptClicks: number;
  /** Corrections by clicks afterwards, for each object. */
  readonly corrections: number;
  /** Clicks that a correction may take, all on its frame. */
  readonly correctionClicks: number;
  /** Only the first frames; all where nothing is said. */
  readonly frames?: number;
  /** Compute every stride-th frame only. */
  readonly stride: number;
}

/** What came of a sequence. */
export interface EvaluatedSequence extends SequenceScore {
  readonly sequence: string;
  readonly frames: number;
  readonly instances: number;
  /** All that were made, undone ones among them. */
  readonly clicks: number;
  /** Of all runs, corrections included. */
  readonly seconds: number;
  /** Frames that were computed, corrections included. */
  readonly computed: number;
  /** Of the model's process; null where the system does not tell. */
  readonly memory: WatchedMemory | null;
  /** Of the GPU, where there is one. */
  readonly gpuMemory: WatchedMemory | null;
  /** The frames with the lowest mean IoU, the worst first. */
  readonly worst: readonly { readonly frame: number; readonly iou: number }[];
}

/** A sequence that is worked on: what a report draws from. */
export interface WorkedSequence {
  readonly result: EvaluatedSequence;
  readonly session: Session;
  readonly video: Video;
  truthAt(frame: number): Promise<LabelPicture | null>;
  /** The masks as the truth writes them. */
  labelsAt(frame: number): Promise<Uint8Array>;
}

interface Tracked {
  readonly object: AnnotatedObject;
  readonly number: number;
  /** The frame on which it was prompted first. */
  readonly first: number;
  /** Frames on which clicks made things worse and were taken back: the user lets them be. */
  readonly hopeless: Set<number>;
}

/** Frames that the user tries for one correction. */
const mostTries = 3;

/**
 * Works on a sequence as the plan says and scores all frames after each object's first. Corrections are a user's: on
 * the frame with the lowest IoU, by clicks alone; that frame then shows what the model made of them. Clicks after the one
 * that left it best, all objects together, are undone, as a user does who looks at it.
 */
export async function evaluateSequence(
  sequence: Sequence,
  plan: EvaluationPlan,
  engines: EnginePair,
  progress: (text: string, share: number) => void,
): Promise<WorkedSequence> {
  const range =
    plan.frames === undefined || plan.frames >= sequence.pictures
      ? {}
      : { range: [0, plan.frames - 1] as const };
  const video = await openVideoPath(sequence.frames, range, engines);
  const session = new Session(video);
  await session.set({ overlap: 'score' });
  const truthAt = await truthOf(sequence, video);
  const work = new SequenceWork(
    session,
    truthAt,
    sequence.truth.map((one) => one.frame).filter((one) => one < video.frameCount),
  );
  await session.loadModel();
  const watch = new MemoryWatch(engines.model.pid);
  const gpuWatch = new GpuMemoryWatch();
  try {
    await work.begin(plan.promptClicks);
    await work.propagate({ stride: plan.stride }, (share) => progress(`${sequence.name}`, share));
    for (let round = 0; round < plan.corrections; round++) {
      progress(`${sequence.name}, correction ${round + 1}`, round / plan.corrections);
      await work.correct(plan.correctionClicks);
    }
    const score = await work.score();
    const worst = [...work.means(score)].sort((a, b) => a.iou - b.iou).slice(0, 4);
    const result = {
      sequence: sequence.name,
      frames: video.frameCount,
      instances: work.tracked.length,
      ...score,
      clicks: work.clicks,
      seconds: work.seconds,
      computed: work.computed,
      memory: watch.stop(),
      gpuMemory: gpuWatch.stop(),
      worst,
    };
    return { result, session, video, truthAt, labelsAt: (frame) => work.labelsAt(frame) };
  } catch (error) {
    await session.dispose();
    await video.dispose();
    throw error;
  } finally {
    watch.stop();
    gpuWatch.stop();
  }
}

/** The truth of a sequence by frame; null where there is none. */
async function truthOf({ truth }: Sequence, { width, height }: Video): Promise<WorkedSequence['truthAt']> {
  const files = new Map(truth.map((one) => [one.frame, one.file]));
  const labels = await sequenceLabels(
    files.values(),
    async (file) => (await readLabels(file, width, height)).data,
  );
  return async (frame) => {
    const file = files.get(frame);
    return file === undefined ? null : { width, height, data: await labels(file) };
  };
}

class SequenceWork {
  readonly tracked: Tracked[] = [];
  clicks = 0;
  seconds = 0;
  computed = 0;
  readonly #session: Session;
  readonly #truthAt: (frame: number) => Promise<LabelPicture | null>;
  readonly #frames: readonly number[];

  constructor(
    session: Session,
    truthAt: (frame: number) => Promise<LabelPicture | null>,
    frames: readonly number[],
  ) {
    this.#session = session;
    this.#truthAt = truthAt;
    this.#frames = frames;
  }

  /** Prompts every object on the frame on which the truth has it first. */
  async begin(clicks: number): Promise<void> {
    const seen = new Set<number>();
    for (const frame of this.#frames) {
      const truth = (await this.#truthAt(frame))!;
      for (const number of numbersIn(truth)) {
        if (seen.has(number)) continue;
        seen.add(number);
        const object = this.#session.objects.add({ name: String(number) });
        this.tracked.push({ object, number, first: frame, hopeless: new Set() });
        const wanted = maskOfLabel(truth.data, number, truth);
        if (clicks === 0)
          await object.drawMask(frame, { data: wanted.data, shape: [wanted.height, wanted.width] });
        for (let i = 0; i < clicks; i++) await this.#click(this.tracked.at(-1)!, frame, truth);
      }
    }
  }

  /** Carries everything on; corrections outward from their frame. */
  async propagate(
    options: Pick<PropagateOptions, 'stride' | 'from' | 'objects' | 'direction' | 'range'>,
    progress: (share: number) => void = () => undefined,
  ): Promise<void> {
    const run = this.#session.propagate({ direction: 'forward', ...options });
    for await (const { done, total } of run) progress(done / total);
    const { frames, seconds } = await run;
    this.computed += frames;
    this.seconds += seconds;
  }

  /** One correction of each object, on its worst frame; where clicks make that worse, on the next worst. */
  async correct(clicks: number): Promise<void> {
    for (const one of this.tracked)
      for (let tries = 0; tries < mostTries; tries++) {
        const worst = await this.#worstFrame(one);
        if (worst === null) break;
        if (await this.#mend(one, worst, clicks)) {
          await this.#carry(one, worst);
          break;
        }
        one.hopeless.add(worst);
      }
  }

  async score(): Promise<SequenceScore> {
    const scorer = new SequenceScorer();
    for (const frame of this.#frames) {
      const truth = (await this.#truthAt(frame))!;
      const present = this.tracked.filter((one) => one.first < frame);
      for (const one of present) {
        const compared = await this.#compared(one, frame, truth);
        scorer.addMask(one.object.name, frame, compared.mask, compared.truth);
      }
      if (present.length > 0) scorer.addLabels(await this.labelsAt(frame), truth.data);
    }
    return scorer.score();
  }

  /** Each frame's mean IoU over the objects that the truth has there. */
  *means({ objects }: SequenceScore): Generator<{ frame: number; iou: number }> {
    const all = objects.flatMap((one) => one.masks).filter((one) => one.present);
    for (const frame of new Set(all.map((one) => one.frame))) {
      const ious = all.filter((one) => one.frame === frame).map((one) => one.iou);
      yield { frame, iou: ious.reduce((sum, one) => sum + one, 0) / ious.length };
    }
  }

  /** Clicks on a frame, then undoes those after the one that left it best; false where that is all of them. */
  async #mend(one: Tracked, frame: number, most: number): Promise<boolean> {
    const truth = (await this.#truthAt(frame))!;
    let best = { after: 0, iou: await this.#meanIou(frame, truth) };
    let made = 0;
    while (made < most && (await this.#click(one, frame, truth))) {
      made++;
      const iou = await this.#meanIou(frame, truth);
      if (iou > best.iou || (made === 1 && iou === best.iou)) best = { after: made, iou };
    }
    for (; made > best.after; made--) await this.#session.undo();
    return best.after > 0;
  }

  /** Both ways, but not to where the object had not been prompted yet. */
  async #carry({ object, first }: Tracked, from: number): Promise<void> {
    const last = this.#session.video.frameCount - 1;
    if (from === last && from === first + 1) return;
    await this.propagate({ from, objects: [object.id], direction: 'both', range: [first, last] });
  }

  async #worstFrame(one: Tracked): Promise<number | null> {
    let worst: { frame: number; iou: number } | null = null;
    for (const frame of this.#frames) {
      if (frame <= one.first || one.hopeless.has(frame)) continue;
      const iou = await this.#iou(one, frame, (await this.#truthAt(frame))!);
      if (iou < (worst?.iou ?? 1)) worst = { frame, iou };
    }
    return worst?.frame ?? null;
  }

  /** Clicks as a user would; false where nothing is wrong any more. */
  async #click(one: Tracked, frame: number, labels: LabelPicture): Promise<boolean> {
    const { mask, truth } = await this.#compared(one, frame, labels);
    const click = mask.data.includes(1) ? nextClick(mask, truth) : firstClick(truth);
    if (!click) return false;
    await one.object.point(frame, click.at, click.sign);
    this.clicks++;
    return true;
  }

  /** How well a frame is annotated, all objects together: what a user sees who looks at it. */
  async #meanIou(frame: number, truth: LabelPicture): Promise<number> {
    let sum = 0;
    const there = this.tracked.filter((one) => one.first <= frame);
    for (const one of there) sum += await this.#iou(one, frame, truth);
    return sum / there.length;
  }

  async #iou(one: Tracked, frame: number, labels: LabelPicture): Promise<number> {
    const { mask, truth } = await this.#compared(one, frame, labels);
    return overlapOf(mask, truth).iou;
  }

  async #compared({ object, number }: Tracked, frame: number, truth: LabelPicture): Promise<Compared> {
    const { data, shape } = await object.mask(frame);
    return againstTruth({ width: shape[1], height: shape[0], data }, truth.data, number);
  }

  /** The label map in the truth's numbers. */
  async labelsAt(frame: number): Promise<Uint8Array> {
    const { data } = await this.#session.labels(frame);
    const numbers = new Map(this.tracked.map(({ object, number }) => [object.number, number]));
    return data.map((one) => numbers.get(one) ?? 0);
  }
}
