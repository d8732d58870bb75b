import { swapEdit } from '../annotation';
import type {
  AnnotationDocument,
  AppliedEdit,
  DocumentSettings,
  Edit,
  IdSource,
  MaskStore,
  RunRecord,
  Step,
} from '../annotation';
import type { RunLength, Stroke } from '../mask';
import type { Forecast, ResourcesView, RunView, WaitingRun } from '../protocol';
import { AnsweredEdits } from './answered-edits';
import type { BlockView } from './blocks';
import { changedMasks } from './changed-masks';
import { Drawing } from './drawing';
import type { Drawn } from './drawing';
import { FeatureList } from './feature-list';
import type { SessionFolder } from './folder';
import { Ledger } from './ledger';
import type { HistoryView } from './ledger';
import { MaskReader } from './mask-arrays';
import { mergeEdit } from './merge-objects';
import { ModelUse } from './model-use';
import type { ModelChoice } from './model-use';
import { ObjectList } from './object-list';
import { PromptDesk } from './prompt-desk';
import type { PreviewPoint, PromptPlace } from './prompt-desk';
import { randomIds } from './random-ids';
import { ResourceMonitor } from './resource-monitor';
import type { Run } from './run';
import { RunDesk } from './run-desk';
import type { PropagateOptions } from './run-plan';
import { SessionEmitter } from './session-events';
import type { ModelInUse, SessionEventName, SessionEvents } from './session-events';
import type { Video } from './video';
import type { ImportReport } from './import-masks';
import type { ChangeOptions, SessionOptions } from './session-options';
import { SessionReview } from './session-review';

/**
 * One person's work on one video: the document, the model's answers to prompts, runs, and the way out as
 * arrays and files. Cells, the canvas and the command line all go through it.
 */
export class Session extends SessionReview {
  readonly video: Video;
  readonly reader: MaskReader;
  readonly objects: ObjectList;
  readonly features: FeatureList;
  readonly nextId: IdSource;
  readonly #ledger: Ledger;
  readonly #events = new SessionEmitter();
  protected readonly emit: SessionEmitter['emit'] = (name, event) => this.#events.emit(name, event);
  protected readonly checkMasks: RunDesk['check'] = (options) => this.#runs.check(options);
  readonly #answers: PromptDesk;
  readonly #edits: AnsweredEdits;
  readonly #drawing: Drawing;
  readonly #runs: RunDesk;
  readonly #models: ModelUse;
  readonly #resources: ResourceMonitor;
  readonly #now: () => Date;
  #waiting: (() => void)[] = [];

  constructor(video: Video, options: SessionOptions = {}) {
    super();
    this.video = video;
    this.#models = new ModelUse(video.engines);
    this.#now = options.now ?? ((): Date => new Date());
    this.nextId = options.nextId ?? randomIds();
    this.#ledger = new Ledger(video.facts, options.opened ?? null, options.store, (applied) =>
      this.#tell(applied),
    );
    this.reader = new MaskReader(this.document, this.store);
    this.objects = new ObjectList(this);
    this.features = new FeatureList(this);
    const shared = {
      video,
      modelRef: () => this.#models.ref,
      stamp: () => this.#models.stamp(),
      commit: (edit: Edit, step: Step) => void this.#ledger.commit(edit, step),
    };
    this.#runs = new RunDesk({
      ...shared,
      ledger: this.#ledger,
      show: (run) => this.#events.emit('run', run),
      showQueue: (waiting) => this.#events.emit('queue', waiting),
      warn: (error, level) => this.#notify(level, error),
    });
    this.#answers = new PromptDesk({
      ...shared,
      document: this.document,
      store: this.store,
      busy: (now) => this.#events.emit('busy', now),
      embeddingBytes: (bytes) => this.#runs.learnBytes(bytes),
    });
    this.#edits = new AnsweredEdits({
      ledger: this.#ledger,
      answers: this.#answers,
      warn: (error) => this.#notify('error', error),
    });
    this.#drawing = new Drawing({ owner: this, settled: (place) => this.#answers.settled(place) });
    this.#resources = new ResourceMonitor({
      engines: video.engines,
      folder: () => this.path,
      run: () => this.#runs.view,
    });
    this.#keepIn(this.#ledger.folder);
  }

  get document(): AnnotationDocument {
    return this.#ledger.document;
  }

  get store(): MaskStore {
    return this.#ledger.store;
  }

  /** True while a run is under way or waits. */
  get running(): boolean {
    return this.#runs.queue.busy;
  }

  /** The run under way, how far it is, and the runs that wait, the next first. */
  get queue(): { readonly run: RunView | null; readonly waiting: readonly WaitingRun[] } {
    return { run: this.#runs.view, waiting: this.#runs.queue.waiting };
  }

  /** True while a cell awaits {@link Session.done}. */
  get waiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** The session's folder; null while the work is in memory only. */
  get path(): string | null {
    return this.#ledger.folder?.path ?? null;
  }

  /** Why nothing can be changed here; null where it can. */
  get readOnly(): string | null {
    return this.#ledger.folder?.readOnly ?? null;
  }

  /** True once whoever kept this session from being changed is gone: opened anew, it can be changed. */
  get freed(): boolean {
    return this.#ledger.folder?.freed ?? false;
  }

  /** The runs whose masks are here, with the model and settings that made them (A4). */
  get runs(): readonly RunRecord[] {
    return this.document.runs;
  }

  /** Blocks of the video, and how well they agree at their seams (F4). */
  get blocks(): readonly BlockView[] {
    return this.#runs.blocks();
  }

  /** What {@link Session.undo} and {@link Session.redo} would take back and bring back, in words. */
  get history(): HistoryView {
    return this.#ledger.view;
  }

  /** Hears of edits, masks, runs and notices; the function it answers with stops that. */
  on<K extends SessionEventName>(name: K, listener: (event: SessionEvents[K]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /**
   * Applies an edit at once. `answered` resolves when the masks that its prompts ask for are in the document,
   * and rejects (after a notice) when they could not be computed; the edit stays. Throws an EditError, with
   * nothing changed, when the edit does not fit, and a SessionError when it cannot be written down.
   */
  change(edit: Edit, options: ChangeOptions = {}): { applied: AppliedEdit; answered: Promise<void> } {
    return this.#edits.change(edit, options);
  }

  /** Applies an edit; resolves when the masks it asks for are there. An edit that does not fit throws at once. */
  apply(edit: Edit): Promise<void> {
    return this.change(edit).answered;
  }

  /** Brush and lasso: adds what a stroke covers to an object's mask, or takes it away. Rejects with an EditError. */
  draw(place: PromptPlace, stroke: Stroke, adds: boolean, options: ChangeOptions = {}): Promise<Drawn> {
    return this.#drawing.draw(place, stroke, adds, options);
  }

  /** The mask that a frame would have with one more point; nothing is recorded. `objectId` null: a new object. */
  preview(objectId: string | null, frame: number, point: PreviewPoint): Promise<RunLength> {
    this.video.checkFrame(frame);
    return this.#answers.preview(objectId, frame, point);
  }

  /** Has a frame looked at as a click on an object there will need it, so that its answer is quick; nothing is recorded. */
  lookBefore(objectId: string | null, frame: number): Promise<void> {
    return this.#answers.lookBefore(objectId, frame);
  }

  /**
   * Whatever is edited within `work`, also after an `await` in it, is one step to undo; a step within it is a part of it.
   *
   * @example await session.step("Tidy up", async () => { await heron.remove(); await swan.point(0, [9, 9]); });
   */
  step<T>(label: string, work: () => T): T {
    return this.#ledger.within(label, work);
  }

  /**
   * Takes the last step back; a run under way is ended first when it is that step, and the next that waits begins after
   * it. Nothing is computed again. Resolves with what it was, or null when there is nothing to undo.
   */
  async undo(): Promise<string | null> {
    const undone = await this.#runs.queue.hold(async () => {
      if (this.#runs.step && this.#runs.step.id === this.#ledger.history.undoable?.id) await this.cancel();
      return this.#ledger.undo();
    });
    return this.#edits.settle(undone);
  }

  /** Brings the step back that was undone last. Resolves with what it was, or null. */
  async redo(): Promise<string | null> {
    return this.#edits.settle(this.#ledger.redo());
  }

  /** Gives a gesture of the canvas up: what it changed is as it was before. */
  async abandon(gesture: string): Promise<void> {
    await this.#edits.settle(this.#ledger.abandon(gesture));
  }

  /** Settles how blocks, seams and overlapping masks are dealt with from now on. */
  async set(patch: Partial<DocumentSettings>): Promise<void> {
    await this.apply({ kind: 'change-settings', patch });
  }

  /** Locks a frame: nothing changes its masks any more, and runs stop before it (F5). */
  async lockFrame(frame: number): Promise<void> {
    await this.apply({ kind: 'set-barrier', frame, on: true });
  }

  async unlockFrame(frame: number): Promise<void> {
    await this.apply({ kind: 'set-barrier', frame, on: false });
  }

  /** From a frame on, each of two objects (names or ids) has the prompts and masks that the other had (D2). */
  async swap(one: string, other: string, from: number): Promise<void> {
    this.video.checkFrame(from);
    const [a, b] = [this.objects.get(one).id, this.objects.get(other).id];
    this.restructure('Swap objects', swapEdit(this.document, a, b, from));
  }

  /** Makes one object of two: the first takes what the second has; where both have a mask, the two joined (D2). */
  async merge(one: string, other: string): Promise<void> {
    const [a, b] = [this.objects.get(one).id, this.objects.get(other).id];
    this.restructure('Merge objects', await mergeEdit(this.document, this.store, a, b, this.nextId));
  }

  /**
   * Carries masks from the prompts to the other frames. `await` it for the end, or follow it with `for await`. While
   * another run is under way it waits for its turn (or, with `when`, replaces that or is refused), and starts from what
   * the document holds then. Rejects with a SessionError when there is nothing to do.
   *
   * @example await session.propagate({ range: [0, 200], when: "replace" });
   */
  propagate(options: PropagateOptions = {}): Run {
    return this.#runs.propagate(options);
  }

  /**
   * Ends a run after the frame in hand; what is done is kept, and the next that waits begins. One that waits leaves the
   * queue. Resolves when it is over. Rejects with a SessionError where there is no such run.
   *
   * @param which the run's name, as `session.queue` has it; the one under way where nothing is said; `all`: that one and
   *   all that wait
   */
  async cancel(which?: string): Promise<void> {
    const { queue } = this.#runs;
    if (which === undefined) await queue.cancelCurrent();
    else if (which === 'all') await queue.cancelAll();
    else await queue.cancel(which);
  }

  /** Lets a run that waits begin now, in the place of the one under way, which keeps what it has done. */
  async startNow(runId: string): Promise<void> {
    await this.#runs.queue.startNow(runId);
  }

  /** The name of the model that answers prompts here. */
  get model(): string {
    return this.#models.ref.name;
  }

  /** Loads the session's model, which its first prompt would do otherwise. Rejects with a ModelError. */
  loadModel(): Promise<ModelInUse> {
    return this.#models.load();
  }

  /**
   * Goes on with another model, provider or settings; prompts and masks stay as they are. Rejects with a ModelError
   * when it cannot be loaded, and with a SessionError during a run; the session then keeps the model it has.
   */
  async useModel(choice: ModelChoice): Promise<ModelInUse> {
    this.#runs.refuseDuringRun('Another model');
    const inUse = await this.#models.use(choice);
    this.#runs.forgetModel();
    this.#ledger.folder?.modelChanged();
    this.#events.emit('model', inUse);
    return inUse;
  }

  /**
   * What the work takes now: memory and load of the notebook's process, the engine's processes and the machine, the GPU
   * where a driver tells, the caches, the disk. Null is “not known here”. Takes a quarter of a second the first time,
   * since a load is what happens between two looks.
   *
   * @example (await session.resources()).model?.memoryBytes;
   */
  resources(): Promise<ResourcesView> {
    return this.#resources.look();
  }

  /** What a run would cost here. Times one frame of the model the first time it is asked. */
  forecast(options: PropagateOptions = {}): Promise<Forecast> {
    return this.#runs.forecast(options);
  }

  /** How many frames have a mask to be computed yet: what `propagate({ missing: true })` would do. */
  framesMissing(options: PropagateOptions = {}): number {
    return this.#runs.missing(options);
  }

  /** Resolves when the user presses “Done” on the canvas, or {@link Session.finish} is called. */
  done(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#events.emit('waiting', true);
    });
  }

  /** Lets cells that await {@link Session.done} go on. */
  finish(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((resolve) => resolve());
    this.#events.emit('waiting', false);
  }

  /** Masks of a file or folder become new objects, as one step to undo. Rejects with a FormatError, nothing changed. */
  override async import(format: string, path: string): Promise<ImportReport> {
    this.#runs.refuseDuringRun('An import');
    return super.import(format, path);
  }

  /**
   * Goes on in a copy at another place; where the work was in memory only, saves it there. The old folder stays as it
   * is. Rejects with a SessionError when there is something at that place already.
   */
  async saveAs(path: string): Promise<void> {
    this.#runs.refuseDuringRun('Saving elsewhere');
    await this.#ledger.saveAs(path, { now: this.#now, nextId: this.nextId });
    this.#keepIn(this.#ledger.folder);
    this.#events.emit('saved', this.path);
  }

  /** Ends the run under way and those that wait, writes everything down and lets go of the folder. The video stays open. */
  async dispose(): Promise<void> {
    await this.cancel('all');
    this.forgetEvaluation();
    this.endReview();
    this.finish();
    await this.#ledger.folder?.close();
  }

  /** Answers prompts whose masks never came, as after a kernel that was killed. Resolves when they are here. */
  async answerOpen(): Promise<void> {
    if (this.readOnly === null) await this.#edits.answerOpen();
  }

  #keepIn(folder: SessionFolder | null): void {
    folder?.keep(() => {
      return { document: this.document, history: this.#ledger.history, model: this.#models.saved };
    });
  }

  /** Applies an edit that moves masks together with their prompts: nothing is asked of the model. */
  restructure(label: string, edit: Edit): void {
    this.#runs.refuseDuringRun(label);
    this.#ledger.commit(edit, this.#ledger.step(label));
  }

  #tell(applied: AppliedEdit): void {
    this.#events.emit('edit', applied);
    const changed = changedMasks(applied.edit, this.video.frameCount);
    if (changed) this.#events.emit('masks', changed);
  }

  #notify(level: 'warning' | 'error', error: unknown): void {
    this.#events.emit('notice', { level, message: error instanceof Error ? error.message : String(error) });
  }
}
