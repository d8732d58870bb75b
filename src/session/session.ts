import { AnnotationDocument, MemoryMaskStore } from '../annotation';
import type { AppliedEdit, Edit, IdSource, MaskStore } from '../annotation';
import type { ModelRef } from '../engine/host';
import type { Sam2Settings } from '../engine/sam2';
import { modelEntries } from '../engine/catalogue';
import { SessionError } from '../errors';
import { formatOf } from '../formats';
import type { Forecast } from '../protocol';
import { forecastRun } from './forecast';
import type { Pace } from './forecast';
import { MaskReader } from './mask-arrays';
import type { FrameMask, MaskArray } from './mask-arrays';
import { ObjectList } from './object-list';
import { PromptAnswers, promptPlaces } from './prompt-answers';
import { planRun, pumpRun } from './propagation';
import type { PlannedRun, PropagateOptions, PropagationParts } from './propagation';
import { randomIds } from './random-ids';
import { Run } from './run';
import type { RunStep } from './run';
import { SessionEmitter } from './session-events';
import type { ModelInUse, SessionEventName, SessionEvents } from './session-events';
import type { FrameSpan, Video } from './video';
import { writeExport } from './write-export';
import type { ExportReport } from './write-export';

/** How to make a session; everything has a default. */
export interface SessionOptions {
  readonly nextId?: IdSource;
  readonly store?: MaskStore;
}

/** What should compute from now on; what is left out stays as it is. */
export interface ModelChoice {
  /** A name of `listModels()`. */
  readonly model?: string;
  /** `auto`, `cpu`, `cuda`, `webgpu`, `coreml` or `dml`. */
  readonly provider?: string;
  readonly settings?: Sam2Settings;
}

/** Which frames and objects to export; everything where nothing is said. */
export interface ExportOptions {
  readonly range?: FrameSpan;
  /** Names or ids. */
  readonly objects?: readonly string[];
}

/**
 * One person's work on one video: the document, the model's answers to prompts, runs, and the way out as
 * arrays and files. Cells, the canvas and the command line all go through it.
 */
export class Session {
  readonly video: Video;
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  readonly reader: MaskReader;
  readonly objects: ObjectList;
  readonly nextId: IdSource;
  readonly #events = new SessionEmitter();
  readonly #answers: PromptAnswers;
  #run: Run | null = null;
  #runs = 0;
  #pace: Pace | null = null;
  #waiting: (() => void)[] = [];
  #modelRef: ModelRef;

  constructor(video: Video, options: SessionOptions = {}) {
    this.video = video;
    this.#modelRef = video.engines.modelRef;
    this.document = new AnnotationDocument(video.facts);
    this.store = options.store ?? new MemoryMaskStore();
    this.reader = new MaskReader(this.document, this.store);
    this.nextId = options.nextId ?? randomIds();
    this.objects = new ObjectList(this);
    this.#answers = new PromptAnswers({
      document: this.document,
      store: this.store,
      video,
      modelRef: () => this.#modelRef,
      apply: (edit) => void this.#commit(edit),
      busy: (now) => this.#events.emit('busy', now),
    });
  }

  /** True while a propagation is under way. */
  get running(): boolean {
    return this.#run !== null;
  }

  /** True while a cell awaits {@link Session.done}. */
  get waiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Hears of edits, masks, runs and notices; the function it answers with stops that. */
  on<K extends SessionEventName>(name: K, listener: (event: SessionEvents[K]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /**
   * Applies an edit at once. `answered` resolves when the masks that its prompts ask for are in the document,
   * and rejects (after a notice) when they could not be computed; the edit stays. Throws an EditError, with
   * nothing changed, when the edit does not fit.
   */
  change(edit: Edit): { applied: AppliedEdit; answered: Promise<void> } {
    const places = promptPlaces(edit, this.document);
    const applied = this.#commit(edit);
    const answered = Promise.all(places.map((place) => this.#answers.answer(place))).then(
      () => undefined,
      (error: unknown) => {
        this.#notify('error', error);
        throw error;
      },
    );
    answered.catch(() => undefined);
    return { applied, answered };
  }

  /** Applies an edit; resolves when the masks it asks for are there. An edit that does not fit throws at once. */
  apply(edit: Edit): Promise<void> {
    return this.change(edit).answered;
  }

  /**
   * Carries masks from the prompts to the other frames. `await` it for the end, or follow it with `for await`.
   * Rejects with a SessionError when there is nothing to do or a run is under way.
   */
  propagate(options: PropagateOptions = {}): Run {
    const id = `run ${this.#runs + 1}`;
    if (this.#run) {
      const error = new SessionError(
        `A run is under way (${this.#run.id}). It goes on; cancel it or wait for its end before starting another.`,
      );
      this.#notify('warning', error);
      return new Run(id, () => Promise.reject(error));
    }
    this.#runs++;
    const run: Run = new Run(id, async (report, signal) => {
      try {
        const plan = await planRun(this.#parts(), options);
        return await this.#pump(id, plan, report, signal);
      } catch (error) {
        this.#notify('error', error);
        throw error;
      } finally {
        this.#run = null;
        this.#events.emit('run', null);
      }
    });
    this.#run = run;
    return run;
  }

  /** Ends the run under way after the frame in hand; what is done is kept. */
  async cancel(): Promise<void> {
    await this.#run?.cancel();
  }

  /** The name of the model that answers prompts here. */
  get model(): string {
    return this.#modelRef.name;
  }

  /**
   * Loads the session's model, which its first prompt would do otherwise. Rejects with a ModelError when that
   * cannot be done.
   */
  loadModel(): Promise<ModelInUse> {
    return this.#load(this.#modelRef);
  }

  /**
   * Goes on with another model, provider or settings; prompts and masks stay as they are. Rejects with a ModelError
   * when it cannot be loaded, and with a SessionError during a run; the session then keeps the model it has.
   */
  async useModel(choice: ModelChoice): Promise<ModelInUse> {
    if (this.#run)
      throw new SessionError(
        'A run is under way with the model that there is. Cancel it or wait for its end first.',
      );
    const { name, threads, provider, settings } = this.#modelRef;
    const wanted = { provider: choice.provider ?? provider, settings: choice.settings ?? settings };
    const ref: ModelRef = {
      name: choice.model ?? name,
      threads,
      ...(wanted.provider === undefined ? {} : { provider: wanted.provider }),
      ...(wanted.settings === undefined ? {} : { settings: wanted.settings }),
    };
    const inUse = await this.#load(ref);
    this.#modelRef = ref;
    this.#pace = null;
    this.#events.emit('model', inUse);
    return inUse;
  }

  async #load(ref: ModelRef): Promise<ModelInUse> {
    const loaded = await this.video.engines.model.call('load', { model: ref });
    return { name: ref.name, choice: ref.provider ?? 'auto', ...loaded };
  }

  /** What a run would cost here. Times one frame of the model the first time it is asked. */
  async forecast(options: PropagateOptions = {}): Promise<Forecast> {
    const plan = await planRun(this.#parts(), options);
    if (!this.#pace && !this.#run) {
      const seed = plan.wire.objects.flatMap((one) => one.seeds)[0]!;
      const { model } = this.video.engines;
      this.#pace ??= await model.call('measure', { video: this.video.ref, model: this.#modelRef, seed });
    }
    const cost = (await modelEntries()).find((one) => one.name === this.model)?.cost ?? null;
    const need = { modelMiB: cost?.peakMiB ?? null, cacheMiB: this.video.engines.cacheMiB };
    return forecastRun(plan, this.#pace, need, options.stride);
  }

  /** One frame's label map: each pixel its object's number, 0 for none. */
  async labels(frame: number): Promise<FrameMask> {
    this.video.checkFrame(frame);
    return this.reader.labels(this.document.objects, frame);
  }

  /** The label maps of a range (ends inclusive; the whole video where nothing is said) as one array. */
  async masks(options: { readonly range?: FrameSpan } = {}): Promise<MaskArray> {
    const { objects } = this.document;
    const read = (frame: number, data: Uint8Array): Promise<FrameMask> =>
      this.reader.labels(objects, frame, data);
    return this.reader.stack(this.video.span(options.range), read);
  }

  /** The label maps of a range one by one, for videos too long for one array. */
  async *maskStream(
    options: { readonly range?: FrameSpan } = {},
  ): AsyncGenerator<FrameMask, void, undefined> {
    const [first, last] = this.video.span(options.range);
    for (let frame = first; frame <= last; frame++) yield await this.labels(frame);
  }

  /** Resolves when the user presses “Done” on the canvas, or {@link Session.finish} is called. */
  done(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#events.emit('waiting', true);
    });
  }

  /** Lets every cell that awaits {@link Session.done} go on. */
  finish(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((resolve) => resolve());
    this.#events.emit('waiting', false);
  }

  /** Writes masks below a folder in a format: `davis` or `npy`. Rejects with a FormatError. */
  async export(format: string, folder: string, options: ExportOptions = {}): Promise<ExportReport> {
    const writer = formatOf(format);
    const [first, last] = this.video.span(options.range);
    const chosen = options.objects?.map((name) => this.objects.get(name).id);
    const files = writer.write({
      video: this.document.video,
      classes: this.document.classes,
      objects: this.document.objects.filter((one) => !chosen || chosen.includes(one.id)),
      frames: Array.from({ length: last - first + 1 }, (_, i) => first + i),
      frameName: (frame) => this.video.frameName(frame),
      mask: (objectId, frame) => this.reader.runLength(objectId, frame),
    });
    return writeExport(files, folder);
  }

  /** Ends a run under way and lets go of what listens and waits. The video stays open. */
  async dispose(): Promise<void> {
    await this.cancel();
    this.finish();
  }

  #commit(edit: Edit): AppliedEdit {
    const applied = this.document.apply(edit);
    this.#events.emit('edit', applied);
    const changed = changedMasks(edit, this.video.frameCount);
    if (changed) this.#events.emit('masks', changed);
    return applied;
  }

  async #pump(
    id: string,
    plan: PlannedRun,
    report: (step: RunStep) => void,
    signal: AbortSignal,
  ): Promise<{ id: string; frames: number; masks: number; seconds: number; cancelled: boolean }> {
    const direction = plan.wire.direction;
    const base = { id, direction, objectIds: plan.objectIds, total: plan.frames };
    const idle = { done: 0, frame: null, framesPerSecond: null, secondsLeft: null };
    this.#events.emit('run', { ...base, ...idle });
    const follow = (step: RunStep): void => {
      const { done, frame, framesPerSecond, secondsLeft } = step;
      this.#events.emit('run', { ...base, done, frame, framesPerSecond, secondsLeft });
      report(step);
    };
    const done = await pumpRun(this.#parts(), id, plan, follow, signal);
    return { id, ...done, cancelled: signal.aborted };
  }

  #parts(): PropagationParts {
    return {
      modelRef: () => this.#modelRef,
      document: this.document,
      store: this.store,
      video: this.video,
      apply: (edit) => void this.#commit(edit),
    };
  }

  #notify(level: 'warning' | 'error', error: unknown): void {
    this.#events.emit('notice', { level, message: error instanceof Error ? error.message : String(error) });
  }
}

function changedMasks(edit: Edit, frameCount: number): SessionEvents['masks'] | null {
  if (edit.kind === 'remove-object') return { objectIds: [edit.objectId], first: 0, last: frameCount - 1 };
  if (edit.kind === 'set-track' && edit.changes.length > 0) {
    const frames = edit.changes.map((one) => one.frame);
    return { objectIds: [edit.objectId], first: Math.min(...frames), last: Math.max(...frames) };
  }
  if (edit.kind !== 'together') return null;
  const parts = edit.edits.map((one) => changedMasks(one, frameCount)).filter((one) => one !== null);
  if (parts.length === 0) return null;
  return {
    objectIds: [...new Set(parts.flatMap((one) => one.objectIds))],
    first: Math.min(...parts.map((one) => one.first)),
    last: Math.max(...parts.map((one) => one.last)),
  };
}
