import type { AnnotationDocument, Edit, ModelStamp, RunRecord, Step } from '../annotation';
import type { ModelRef } from '../engine/host';
import { modelEntries } from '../engine/catalogue';
import { SessionError } from '../errors';
import type { Forecast, RunView } from '../protocol';
import { runBlocks } from './block-run';
import { blockSizeFor, blockSpan } from './blocks';
import type { BlockView } from './blocks';
import { forecastRun } from './forecast';
import type { Pace } from './forecast';
import type { Ledger } from './ledger';
import { planRun, promptedFrames } from './run-plan';
import type { PlannedRun, PropagateOptions } from './run-plan';
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
  warn(error: unknown, level: 'warning' | 'error'): void;
}

/** Below this IoU two blocks do not agree on the frame that they share. */
const badSeam = 0.8;

/** One run at a time, and what is known of what it costs. */
export class RunDesk {
  readonly #parts: RunDeskParts;
  #run: { readonly run: Run; readonly step: Step } | null = null;
  #pace: Pace | null = null;
  #embeddingBytes: number | null = null;

  constructor(parts: RunDeskParts) {
    this.#parts = parts;
  }

  /** The step of the run under way; null while there is none. */
  get step(): Step | null {
    return this.#run?.step ?? null;
  }

  /** Throws a SessionError while a run is under way. */
  refuseDuringRun(what: string): void {
    if (this.#run)
      throw new SessionError(`${what} has to wait: a run is under way. Cancel it or wait for its end first.`);
  }

  propagate(options: PropagateOptions): Run {
    const { ledger } = this.#parts;
    const id = nextRunId(ledger.document);
    if (this.#run) {
      const error = new SessionError(
        `A run is under way (${this.#run.run.id}). It goes on; cancel it or wait for its end before starting another.`,
      );
      this.#parts.warn(error, 'warning');
      return new Run(id, () => Promise.reject(error));
    }
    const step = ledger.step('Propagate');
    const run: Run = new Run(id, async (report, signal) => {
      try {
        // A turn of the event loop, so that the run is known before its first word.
        await Promise.resolve();
        return await this.#do(id, options, step, report, signal);
      } catch (error) {
        this.#parts.warn(error, 'error');
        throw error;
      } finally {
        this.#run = null;
        this.#parts.show(null);
      }
    });
    this.#run = { run, step };
    return run;
  }

  /** Ends the run under way after the frame in hand; what is done is kept. */
  async cancel(): Promise<void> {
    await this.#run?.run.cancel();
  }

  /** What a run would cost here. Times one frame of the model the first time it is asked. */
  async forecast(options: PropagateOptions): Promise<Forecast> {
    const { ledger, video } = this.#parts;
    const plan = planRun(ledger.document, video, this.#ranged(options));
    if (!this.#pace && !this.#run) {
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

  /** Hears what a frame's embedding takes with the model in use. */
  learnBytes(bytes: number): void {
    this.#embeddingBytes = bytes;
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
  #ranged(options: PropagateOptions): PropagateOptions {
    if (options.block === undefined) return options;
    const span = blockSpan(options.block, this.blockSize(options.blockSize), this.#parts.video.frameCount);
    if (span) return { ...options, range: span };
    throw new SessionError(
      `There is no block ${options.block}; session.blocks lists those there are. Nothing was computed.`,
    );
  }

  async #do(
    id: string,
    options: PropagateOptions,
    step: Step,
    report: (step: RunStep) => void,
    signal: AbortSignal,
  ): Promise<RunSummary> {
    const { ledger, video } = this.#parts;
    const plan = planRun(ledger.document, video, this.#ranged(options));
    const blockSize = this.blockSize(options.blockSize);
    const view = { id, direction: plan.record.direction, objectIds: plan.objectIds, total: plan.frames };
    this.#parts.show({ ...view, done: 0, frame: null, framesPerSecond: null, secondsLeft: null });
    const { from, seeding, ...asked } = plan.record;
    const record: RunRecord = {
      id,
      model: await this.#parts.stamp(),
      ...asked,
      blockSize,
      seeding,
      ...(from === undefined ? {} : { from }),
    };
    const commit = (edit: Edit): void => this.#parts.commit(edit, step);
    commit({ kind: 'add-run', run: record });
    const modelRef = (): ModelRef => this.#parts.modelRef();
    const parts = { document: ledger.document, store: ledger.store, video, modelRef, commit };
    const progress = new RunProgress(plan.frames);
    let [frames, masks] = [0, 0];
    for await (const { frame, areas } of runBlocks(parts, { id, plan, blockSize }, signal)) {
      frames++;
      masks += Object.keys(areas).length;
      const seen = progress.count();
      this.#parts.show({ ...view, ...seen, frame });
      report({ frame, ...seen, areas });
    }
    ledger.note({ ended: id, frames, masks, cancelled: signal.aborted });
    this.#tellSeams(id, plan);
    return { id, frames, masks, seconds: progress.seconds(), cancelled: signal.aborted };
  }

  #tellSeams(run: string, plan: PlannedRun): void {
    const { document } = this.#parts.ledger;
    const bad = document.seams.filter((one) => one.run === run && one.iou < badSeam);
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

function nextRunId({ runs }: AnnotationDocument): string {
  const numbers = runs.map((one) => Number(/^run (\d+)$/.exec(one.id)?.[1] ?? 0));
  return `run ${Math.max(0, ...numbers) + 1}`;
}
