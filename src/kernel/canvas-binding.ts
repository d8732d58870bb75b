import { ModelError, toWireError } from '../errors';
import { parseRequest, parseSender } from '../protocol';
import type {
  AddingView,
  Answers,
  CanvasRequest,
  EngineView,
  KernelMessage,
  ModelView,
  NoticeView,
  PlaceView,
  RequestKind,
  WidgetState,
} from '../protocol';
import { addModel, listModels } from '../session';
import type { ModelInUse, Session } from '../session';
import { canvasState, documentState, savingWords } from './canvas-state';
import { rework } from './canvas-rework';
import type { CanvasFacts } from './canvas-state';
import type { Json, WidgetModel, WidgetState as CommState } from './comm';

/** Makes the widget model once the first state is known. */
export type MakeModel = (state: CommState) => WidgetModel;

interface Answered {
  readonly value: Answers[RequestKind];
  readonly buffers?: readonly Uint8Array[];
}

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
  #adding: AbortController | null = null;

  constructor(session: Session, engine: EngineView, makeModel: MakeModel) {
    this.#session = session;
    const place: PlaceView = { frame: 0, objectId: null, mode: 'overlay', opacity: 0.45 };
    const models = { entries: [], adding: null };
    this.#facts = { run: null, engine, models, notice: null, place };
    this.model = makeModel(canvasState(session, this.#facts) as unknown as CommState);
    this.#stops = [
      this.model.onMessage((content) => void this.#receive(content)),
      this.model.onChange((patch) => this.#written(patch)),
      session.on('edit', () => this.#touchDocument()),
      session.on('masks', ({ objectIds, first, last }) =>
        this.#send({ kind: 'masks-changed', objectIds, first, last }),
      ),
      session.on('run', (run) => this.#set({ run })),
      session.on('busy', (busy) => this.setEngine({ state: busy ? 'busy' : 'ready' })),
      session.on('model', (model) => this.setEngine(engineFacts(model))),
      session.on('saved', () => this.#update({ saving: savingWords(session) })),
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
  }

  setEngine(patch: Partial<EngineView>): void {
    this.#set({ engine: { ...this.#facts.engine, ...patch } });
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
    }));
    this.#set({ models: { ...this.#facts.models, entries } });
  }

  /** Shows a sentence above the picture. */
  notify(level: NoticeView['level'], message: string): void {
    this.#set({ notice: { id: ++this.#notices, level, message } });
  }

  dispose(): void {
    this.#adding?.abort();
    this.#stops.forEach((stop) => stop());
    this.model.dispose();
  }

  async #receive(content: unknown): Promise<void> {
    const sender = parseSender(content);
    if (!sender) return;
    const { client, request } = sender;
    try {
      const { value, buffers } = await this.#answer(parseRequest(sender.body));
      this.#send({ kind: 'answer', client, request, ok: true, value }, buffers);
    } catch (error) {
      this.#send({ kind: 'answer', client, request, ok: false, error: toWireError(error) });
    }
  }

  async #answer(body: CanvasRequest): Promise<Answered> {
    const session = this.#session;
    switch (body.kind) {
      case 'picture': {
        const { data, ...value } = await session.video.picture(body.frame, body.maxWidth);
        return { value: { frame: body.frame, ...value }, buffers: [data] };
      }
      case 'masks':
        return this.#masks(body.frame);
      case 'edit':
        // The mask follows by itself; what goes wrong with it is told by a notice.
        return { value: { version: session.change(body.edit, gestureOf(body)).applied.version } };
      case 'draw': {
        const { objectId, frame, stroke, adds } = body;
        return { value: await session.draw({ objectId, frame }, stroke, adds, gestureOf(body)) };
      }
      case 'preview': {
        const { objectId, frame, ...point } = body;
        const { width, height, counts } = await session.preview(objectId, frame, point);
        return { value: { width, height }, buffers: [bytesOf(counts)] };
      }
      case 'rework': {
        const objectId = await rework(session, body.work);
        return { value: { version: session.document.version, objectId } };
      }
      case 'undo':
        return { value: { step: await session.undo() } };
      case 'redo':
        return { value: { step: await session.redo() } };
      case 'abandon':
        await session.abandon(body.gesture);
        return { value: {} };
      case 'propagate': {
        const { objectIds, ...options } = body.options;
        const run = session.propagate({ ...options, ...(objectIds ? { objects: objectIds } : {}) });
        return { value: { runId: run.id } };
      }
      case 'forecast': {
        const { objectIds, ...options } = body.options;
        return {
          value: await session.forecast({ ...options, ...(objectIds ? { objects: objectIds } : {}) }),
        };
      }
      case 'cancel':
        await session.cancel();
        return { value: {} };
      case 'use-model':
        await session.useModel({ model: body.model, provider: body.provider });
        return { value: {} };
      case 'add-model':
        return { value: { warnings: await this.#addModel(body.model) } };
      case 'stop-adding':
        this.#adding?.abort();
        return { value: {} };
      case 'done':
        session.finish();
        return { value: {} };
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

  async #masks(frame: number): Promise<Answered> {
    const { document, reader, video } = this.#session;
    video.checkFrame(frame);
    const { version } = document;
    const objectIds: string[] = [];
    const buffers: Uint8Array[] = [];
    for (const { id } of [...document.objects]) {
      const entry = document.objects.some((one) => one.id === id) ? await reader.runLength(id, frame) : null;
      if (!entry) continue;
      objectIds.push(id);
      buffers.push(bytesOf(entry.counts));
    }
    return { value: { frame, version, width: video.width, height: video.height, objectIds }, buffers };
  }

  /** The canvas wrote synced state: only the place is its to write. */
  #written(patch: CommState): void {
    const place = patch['place'];
    if (place !== undefined) this.#facts = { ...this.#facts, place: place as unknown as PlaceView };
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
    const patch = { ...this.#pending, ...(this.#documentChanged ? documentState(this.#session) : {}) };
    this.#pending = {};
    this.#documentChanged = false;
    this.model.set(patch as unknown as CommState);
  }

  #send(message: KernelMessage, buffers: readonly Uint8Array[] = []): void {
    // Masks that changed are asked for again at once: the document that explains them goes first.
    if (this.#flushing) this.#flush();
    this.model.send(message as unknown as Json, buffers);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function gestureOf({ gesture }: { readonly gesture?: string }): { readonly gesture?: string } {
  return gesture === undefined ? {} : { gesture };
}

/** The part of the engine's state that a loaded model changes. */
export function engineFacts({
  name,
  title,
  choice,
  provider,
  providers,
  notes,
}: ModelInUse): Omit<EngineView, 'state'> {
  return { name, model: title, choice, provider, providers, notes };
}
