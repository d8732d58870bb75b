import { ModelError } from '../errors';
import { startPlace } from '../protocol';
import type {
  AddingView,
  EngineView,
  KernelMessage,
  ModelView,
  NoticeView,
  PlaceView,
  WidgetState,
} from '../protocol';
import { addModel, listModels } from '../session';
import type { ModelInUse, Session } from '../session';
import { CanvasExport } from './canvas-export';
import type { ExportRequest } from './canvas-export';
import { canvasState, documentState, savingState } from './canvas-state';
import type { CanvasFacts } from './canvas-state';
import { LookBefore } from './look-before';
import { sessionAnswer } from './session-answers';
import type { Answered, ModelRequest, SessionRequest } from './session-answers';
import type { Json, WidgetModel, WidgetState as CommState } from './comm';

/** Makes the widget model once the first state is known. */
export type MakeModel = (state: CommState) => WidgetModel;

/**
 * Keeps one canvas and one session the same: the session's events become synced state and messages, the
 * canvas's requests become edits, runs and pictures. Several changes within one turn of the event loop travel
 * as one update.
 */
export class CanvasBinding {
  readonly model: WidgetModel;
  readonly #session: Session;
  readonly #stops: (() => void)[];
  #facts: CanvasFacts;
  #pending: Partial<WidgetState> = {};
  #documentChanged = false;
  #flushing = false;
  #notices = 0;
  #disposed = false;
  #adding: AbortController | null = null;
  readonly #export: CanvasExport;
  readonly #lookBefore: LookBefore;

  constructor(session: Session, engine: EngineView, makeModel: MakeModel) {
    this.#session = session;
    const place: PlaceView = startPlace;
    const models = { entries: [], adding: null };
    this.#facts = { run: null, engine, models, notice: null, exporting: null, place };
    this.#export = new CanvasExport(session, (exporting) => this.#set({ exporting }));
    this.#lookBefore = new LookBefore({ session, place: () => this.place });
    this.model = makeModel(canvasState(session, this.#facts) as unknown as CommState);
    this.#stops = [
      this.model.onChange((patch) => this.#written(patch)),
      session.on('edit', () => this.#touchDocument()),
      session.on('masks', ({ objectIds, first, last }) =>
        this.send({ kind: 'masks-changed', objectIds, first, last }),
      ),
      session.on('run', (run) => this.#setRun(run)),
      session.on('queue', (waitingRuns) => this.#update({ waitingRuns })),
      session.on('busy', (busy) => this.setEngine({ state: busy ? 'busy' : 'ready' })),
      session.on('model', (model) => this.setEngine(engineFacts(model))),
      session.on('saved', () => this.touchSaving()),
      session.on('evaluation', (evaluation) => this.#update({ evaluation })),
      session.on('review', (review) => this.#update({ review })),
      session.on('waiting', (waiting) => this.#update({ waiting })),
      session.on('notice', ({ level, message }) => this.notify(level, message)),
    ];
  }

  /** Where the user is: frame, object, view. */
  get place(): PlaceView {
    return this.#facts.place;
  }

  /** Moves every view of the canvas. */
  setPlace(patch: Partial<PlaceView>): void {
    this.#set({ place: { ...this.#facts.place, ...patch } });
    this.#lookBefore.touch();
  }

  setEngine(patch: Partial<EngineView>): void {
    this.#set({ engine: { ...this.#facts.engine, ...patch } });
    if (patch.state === 'ready') this.#lookBefore.touch();
  }

  /** Says anew where the work is kept, and whether it can be changed. */
  touchSaving(): void {
    this.#update(savingState(this.#session));
  }

  /** Reads the list of models anew. */
  async refreshModels(): Promise<void> {
    const entries = (await listModels()).map((one): ModelView => ({
      name: one.name,
      title: one.title,
      licence: one.licence,
      ready: one.ready,
      downloadBytes: one.downloadBytes,
      peakMiB: one.cost?.peakMiB ?? null,
      secondsPerFrame: one.cost ? one.cost.encodeSeconds + one.cost.trackSeconds : null,
      caution: one.caution,
      offersFast: one.offersFast,
    }));
    this.#set({ models: { ...this.#facts.models, entries } });
  }

  /** Shows a sentence above the picture. */
  notify(level: NoticeView['level'], message: string): void {
    this.#set({ notice: { id: ++this.#notices, level, message } });
  }

  /** Lets go of session and model; the model goes on, with something else on it. */
  dispose(): void {
    this.#disposed = true;
    this.#adding?.abort();
    this.#export.cancel();
    this.#lookBefore.dispose();
    this.#stops.forEach((stop) => stop());
  }

  /** Gives up the export under way: what it reads from is about to be closed. */
  endExport(): void {
    this.#export.cancel();
  }

  /** Does what a canvas asks of its session. Rejects with an error for the user. */
  async answer(body: SessionRequest | ModelRequest | ExportRequest): Promise<Answered> {
    switch (body.kind) {
      case 'add-model':
        return { value: { warnings: await this.#addModel(body.model) } };
      case 'stop-adding':
        this.#adding?.abort();
        return { value: {} };
      case 'export': {
        const { folder, files } = await this.#export.run(body);
        return { value: { folder, files: files.length } };
      }
      case 'cancel-export':
        this.#export.cancel();
        return { value: {} };
      default:
        return sessionAnswer(this.#session, body);
    }
  }

  async #addModel(name: string): Promise<readonly string[]> {
    if (this.#adding)
      throw new ModelError('A model is being fetched already. Wait for it, or stop it first.');
    const stop = (this.#adding = new AbortController());
    const show = (adding: AddingView | null): void =>
      this.#set({ models: { ...this.#facts.models, adding } });
    try {
      show({ name, stage: 'downloading', share: 0 });
      return await addModel(name, {
        signal: stop.signal,
        onStep: ({ stage, done, total }) => show({ name, stage, share: done / Math.max(1, total) }),
      });
    } finally {
      this.#adding = null;
      show(null);
      await this.refreshModels();
    }
  }

  /** The canvas wrote synced state: only the place is its to write. */
  #written(patch: CommState): void {
    const place = patch['place'];
    if (place === undefined) return;
    this.#facts = { ...this.#facts, place: place as unknown as PlaceView };
    this.#lookBefore.touch();
  }

  #setRun(run: CanvasFacts['run']): void {
    this.#set({ run });
    if (!run) this.#lookBefore.touch();
  }

  #set(patch: Partial<CanvasFacts>): void {
    this.#facts = { ...this.#facts, ...patch };
    this.#update(patch);
  }

  #touchDocument(): void {
    this.#documentChanged = true;
    this.#update({});
  }

  #update(patch: Partial<WidgetState>): void {
    Object.assign(this.#pending, patch);
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#flushing = false;
    if (this.#disposed) return;
    const patch = { ...this.#pending, ...(this.#documentChanged ? documentState(this.#session) : {}) };
    this.#pending = {};
    this.#documentChanged = false;
    this.model.set(patch as unknown as CommState);
  }

  /** Sends a message to every view. */
  send(message: KernelMessage, buffers: readonly Uint8Array[] = []): void {
    // Masks that changed are asked for again at once: the document that explains them goes first.
    if (this.#flushing) this.#flush();
    this.model.send(message as unknown as Json, buffers);
  }
}

/** The part of the engine's state that a loaded model changes. */
export function engineFacts({
  name,
  title,
  choice,
  settings,
  threads,
  cacheMiB,
  provider,
  providers,
  notes,
}: ModelInUse): Omit<EngineView, 'state'> {
  const fast = settings.fast === true;
  return { name, model: title, choice, fast, threads, cacheMiB, provider, providers, notes };
}
