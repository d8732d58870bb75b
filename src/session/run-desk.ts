import type { Edit, ModelStamp, RunRecord, Step } from '../annotation';
import type { ModelRef } from '../engine/host';
import { modelEntries } from '../engine/catalogue';
import { SessionError } from '../errors';
import type { Forecast, RunView, WaitingRun } from '../protocol';
import { thresholds } from '../review';
import { runBlocks } from './block-run';
import type { BlockRunParts } from './block-run';
import { masksTaken } from './block-seeds';
import { blockSizeFor, blockSpan } from './blocks';
import type { BlockView } from './blocks';
import { checkMasks } from './check-masks';
import type { CheckStep, CheckSummary } from './check-masks';
import { planCheck } from './check-plan';
import type { CheckOptions } from './check-plan';
import { forecastRun } from './forecast';
import type { Pace } from './forecast';
import type { Ledger } from './ledger';
import { checkAsked, countMissing, planRun, promptedFrames, withoutRemoved } from './run-plan';
import type { AskedRun, PlannedRun, PropagateOptions } from './run-plan';
import { RunQueue } from './run-queue';
import type { RunJob, WhenBusy } from './run-queue';
import { Run, RunProgress } from './run';
import type { RunStep, RunSummary } from './run';
import type { Video } from './video';

/** What runs need of their session. */
export interface RunDeskParts {
  readonly ledger: Ledger;
  readonly video: Video;
  modelRef(): ModelRef;
  stamp(): Promise<ModelStamp>;
  commit(edit: Edit, step: Step): void;
  /** Tells of a run's beginning, progress and end (null). */
  show(run: RunView | null): void;
  /** Tells of the runs that wait, the next first. */
  showQueue(waiting: readonly WaitingRun[]): void;
  warn(error: unknown, level: 'warning' | 'error'): void;
}

/** A run as it is shown before its first frame. */
type BegunRun = Omit<RunView, 'done' | 'frame' | 'framesPerSecond' | 'secondsLeft'>;

/** Runs, one at a time and the others waiting, and what is known of what they cost. */
export class RunDesk {
  readonly #parts: RunDeskParts;
  readonly queue: RunQueue;
  #step: Step | null = null;
  #view: RunView | null = null;
  #pace: Pace | null = null;
  #embeddingBytes: number | null = null;
  #checks = 0;

  constructor(parts: RunDeskParts) {
    this.#parts = parts;
    this.queue = new RunQueue({
      changed: () => parts.showQueue(this.queue.waiting),
      failed: (error, left) => parts.warn(left === 0 ? error : goesOn(error, left), 'error'),
    });
  }

  /** The step of the run under way; null while there is none. */
  get step(): Step | null {
    return this.#step;
  }

  /** How far the run under way is; null while there is none. */
  get view(): RunView | null {
    return this.#view;
  }

  /** Throws a SessionError while a run is under way or waits. */
  refuseDuringRun(what: string): void {
    if (!this.queue.busy) return;
    const waiting = this.queue.waiting.length;
    const others = waiting === 0 ? '' : ` and ${waiting} ${waiting === 1 ? 'waits' : 'wait'}`;
    const end =
      waiting === 0 ? 'Cancel it or wait for its end first.' : 'Cancel them or wait for their end first.';
    throw new SessionError(`${what} has to wait: a run is under way${others}. ${end}`);
  }

  propagate({ when, ...options }: PropagateOptions): Run {
    const { ledger, video } = this.#parts;
    const id = this.nextRunId();
    return this.#queued(id, when, () => {
      const asked = checkAsked(ledger.document, video, options);
      const { direction = 'both', objects = null, from = null } = asked;
      const range = this.#ranged(asked).range ?? null;
      const step = ledger.step('Propagate');
      return {
        wanted: { id, direction, objectIds: objects, range, from },
        begin: (report, signal) => this.#tracked(step, () => this.#do(id, asked, step, report, signal)),
        notBegun: () => ({ id, frames: 0, masks: 0, seconds: 0, cancelled: true }),
      };
    });
  }

  check({ when, ...options }: CheckOptions): Run<CheckStep, CheckSummary> {
    const { ledger, video } = this.#parts;
    const id = `check ${++this.#checks}`;
    return this.#queued(id, when, () => {
      const asked = checkAsked(ledger.document, video, options);
      const { objects = null, range = null } = asked;
      const step = ledger.step('Check');
      return {
        wanted: { id, direction: 'both', objectIds: objects, range, from: null, checks: true },
        begin: (report, signal) => this.#tracked(step, () => this.#doCheck(id, asked, step, report, signal)),
        notBegun: () => ({ id, frames: 0, masks: 0, seconds: 0, cancelled: true }),
      };
    });
  }

  /** Takes a job into the queue. One that cannot be is a run that has failed. */
  #queued<S, R>(id: string, when: WhenBusy | undefined, job: () => RunJob<S, R>): Run<S, R> {
    try {
      return this.queue.add(job(), when);
    } catch (error) {
      this.#parts.warn(error, 'error');
      return new Run(id, () => Promise.reject(error instanceof Error ? error : new Error(String(error))));
    }
  }

  /** A run's name that neither the document nor the queue has. */
  nextRunId(): string {
    const { current, waiting } = this.queue;
    const all = [...this.#parts.ledger.document.runs, ...(current ? [current] : []), ...waiting];
    const numbers = all.map((one) => Number(/^run (\d+)$/.exec(one.id)?.[1] ?? 0));
    return `run ${Math.max(0, ...numbers) + 1}`;
  }

  /** What a run would cost here. Times one frame of the model the first time it is asked. */
  async forecast(options: PropagateOptions): Promise<Forecast> {
    const { ledger, video } = this.#parts;
    const plan = planRun(ledger.document, video, this.#ranged(options));
    if (!this.#pace && !this.queue.busy) {
      const id = plan.objectIds[0]!;
      const frame = promptedFrames(ledger.document, id)[0]!;
      const mask = await ledger.store.get(ledger.document.track(id).entryAt(frame)!.mask);
      const seed = { frame, mask, prompted: true };
      const { model } = video.engines;
      this.#pace ??= await model.call('measure', { video: video.ref, model: this.#parts.modelRef(), seed });
    }
    const name = this.#parts.modelRef().name;
    const cost = (await modelEntries()).find((one) => one.name === name)?.cost ?? null;
    const need = { modelMiB: cost?.peakMiB ?? null, cacheMiB: video.engines.cacheMiB };
    return forecastRun(plan, this.#pace, need, options.stride);
  }

  /** Frames that a run with `missing` would compute. */
  missing(options: PropagateOptions): number {
    return countMissing(this.#parts.ledger.document, this.#parts.video, this.#ranged(options));
  }

  /** Hears what a frame's embedding takes with the model in use; the first counts, so that blocks keep their size. */
  learnBytes(bytes: number): void {
    this.#embeddingBytes ??= bytes;
  }

  /** Another model: its pace and size are not known yet. */
  forgetModel(): void {
    this.#pace = null;
    this.#embeddingBytes = null;
  }

  /** Frames in a block, as the settings and the model have it now. */
  blockSize(wanted?: number): number {
    const { blockSize, blockMiB } = this.#parts.ledger.document.settings;
    const size = wanted ?? blockSize ?? blockSizeFor(blockMiB, this.#embeddingBytes);
    if (Number.isInteger(size) && size >= 2) return size;
    throw new SessionError(`A block has 2 frames or more, not ${size}. Nothing was computed.`);
  }

  /** The blocks of the video, with the seams that were found between them. */
  blocks(): BlockView[] {
    const { ledger, video } = this.#parts;
    const size = this.blockSize();
    const views: BlockView[] = [];
    for (let number = 0; ; number++) {
      const span = blockSpan(number, size, video.frameCount);
      if (!span) return views;
      const seams = ledger.document.seams.filter((one) => one.frame === span[0]);
      views.push({
        number,
        first: span[0],
        last: span[1],
        seams: seams.map(({ objectId, iou }) => ({ objectId, iou })),
      });
    }
  }

  /** A block's number as the range that it is. */
  #ranged(options: AskedRun): AskedRun {
    if (options.block === undefined) return options;
    const span = blockSpan(options.block, this.blockSize(options.blockSize), this.#parts.video.frameCount);
    if (span) return { ...options, range: span };
    throw new SessionError(
      `There is no block ${options.block}; session.blocks lists those there are. Nothing was computed.`,
    );
  }

  /** Keeps the run's step and progress for as long as it goes on. */
  async #tracked<T>(step: Step, work: () => Promise<T>): Promise<T> {
    this.#step = step;
    try {
      return await work();
    } finally {
      this.#step = null;
      this.#show(null);
    }
  }

  #show(view: RunView | null): void {
    this.#view = view;
    this.#parts.show(view);
  }

  async #do(
    id: string,
    asked: AskedRun,
    step: Step,
    report: (step: RunStep) => void,
    signal: AbortSignal,
  ): Promise<RunSummary> {
    const { ledger, video } = this.#parts;
    const options = this.#ranged(withoutRemoved(ledger.document, asked));
    const plan = planRun(ledger.document, video, options);
    const blockSize = this.blockSize(options.blockSize);
    const { direction } = plan.record;
    const where = { range: options.range ?? null, from: options.from ?? null };
    const view = { id, direction, objectIds: plan.objectIds, ...where, total: plan.frames };
    this.#showBegun(view);
    const { from, missing, seeding, ...planned } = plan.record;
    const record: RunRecord = {
      id,
      model: await this.#parts.stamp(),
      ...planned,
      blockSize,
      seeding,
      ...(from === undefined ? {} : { from }),
      ...(missing ? { missing } : {}),
    };
    const parts = this.#partsOf(step);
    const carried = [...masksTaken(ledger.document, plan)];
    parts.commit({ kind: 'add-run', run: record });
    const steps = runBlocks(parts, { id, plan, blockSize, carried }, signal);
    const summary = await this.#follow(view, steps, (one) => Object.keys(one.areas).length, report, signal);
    const { frames, masks, cancelled } = summary;
    if (!cancelled && carried.length > 0) parts.commit({ kind: 'set-carried', runId: id, carried });
    ledger.note({ ended: id, frames, masks, cancelled });
    this.#tellSeams(id, plan);
    return summary;
  }

  async #doCheck(
    id: string,
    asked: AskedRun,
    step: Step,
    report: (step: CheckStep) => void,
    signal: AbortSignal,
  ): Promise<CheckSummary> {
    const { ledger, video } = this.#parts;
    const { document } = ledger;
    if (ledger.folder?.readOnly)
      throw new SessionError(
        `Nothing was checked: this session can only be looked at, since ${ledger.folder.readOnly}.`,
      );
    const plan = planCheck(document, video, withoutRemoved(document, asked), this.blockSize());
    const where = { range: asked.range ?? null, from: null, checks: true as const };
    const view = { id, direction: 'both' as const, objectIds: plan.objectIds, ...where, total: plan.frames };
    this.#showBegun(view);
    const steps = checkMasks(this.#partsOf(step), plan, signal);
    return this.#follow(view, steps, (one) => Object.keys(one.agreements).length, report, signal);
  }

  #showBegun(view: BegunRun): void {
    this.#show({ ...view, done: 0, frame: null, framesPerSecond: null, secondsLeft: null });
  }

  /** What a run works with; all that it finds is in one step. */
  #partsOf(step: Step): BlockRunParts {
    const { ledger, video } = this.#parts;
    return {
      ...{ document: ledger.document, store: ledger.store, video },
      modelRef: (): ModelRef => this.#parts.modelRef(),
      commit: (edit: Edit): void => this.#parts.commit(edit, step),
    };
  }

  /** Goes through what is found frame by frame, shows and reports how far it is, and answers with what it came to. */
  async #follow<T extends { readonly frame: number; readonly more?: number }>(
    view: BegunRun,
    steps: AsyncIterable<T>,
    masksOf: (found: Omit<T, 'more'>) => number,
    report: (step: Omit<T, 'more'> & Omit<RunStep, 'areas'>) => void,
    signal: AbortSignal,
  ): Promise<RunSummary> {
    const progress = new RunProgress(view.total);
    let [frames, masks] = [0, 0];
    for await (const { more = 0, ...found } of steps) {
      progress.more(more);
      frames++;
      masks += masksOf(found);
      const seen = progress.count();
      this.#show({ ...view, ...seen, frame: found.frame });
      report({ ...found, ...seen });
    }
    return { id: view.id, frames, masks, seconds: progress.seconds(), cancelled: signal.aborted };
  }

  #tellSeams(run: string, plan: PlannedRun): void {
    const { document } = this.#parts.ledger;
    const bad = document.seams.filter((one) => one.run === run && one.iou < thresholds.seamIou);
    const worst = bad.reduce((least, one) => (one.iou < least.iou ? one : least), bad[0]!);
    if (!worst || plan.record.stride > 1) return;
    const { name } = document.object(worst.objectId);
    const others = bad.length > 1 ? ` (and ${bad.length - 1} more)` : '';
    this.#parts.warn(
      new SessionError(
        `At frame ${worst.frame} two blocks agree on “${name}” by ${worst.iou.toFixed(2)} only${others}. Look there, correct it, and run the block again.`,
      ),
      'warning',
    );
  }
}

/** A failure, with what becomes of the runs that wait. */
function goesOn(error: unknown, left: number): SessionError {
  const what = error instanceof Error ? error.message : String(error);
  const next =
    left === 1 ? 'The run that waits begins now.' : `The next of ${left} runs that wait begins now.`;
  return new SessionError(`${what} ${next}`, {}, error);
}
