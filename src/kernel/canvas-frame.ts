import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { KernelError, toWireError } from '../errors';
import { parseRequest, parseSender } from '../protocol';
import type { Answers, CanvasRequest, KernelMessage } from '../protocol';
import type { Session } from '../session';
import type { CanvasBinding, MakeModel } from './canvas-binding';
import { emptyState } from './canvas-state';
import { createWidgetModel } from './comm';
import type { Json, WidgetModel, WidgetState as CommState } from './comm';
import type { Answered, OpeningRequest } from './session-answers';

/** A session as a canvas shows it. */
export interface Showing {
  readonly session: Session;
  /** For readers without a kernel. */
  preview(): { readonly text: string; readonly jpeg?: Uint8Array };
  /** Binds it to the widget model that `makeModel` makes of its first state. */
  bind(makeModel: MakeModel): CanvasBinding;
  /** Writes everything down and lets go of the folder. */
  close(): Promise<void>;
}

/** What a canvas asks to have on it. */
export type OpenRequest = Extract<OpeningRequest, { readonly kind: 'open' }>;

/** Opens what a canvas asks for, and says what there is. */
export interface CanvasOpener {
  /** Resolves with what puts the session on a canvas. */
  open(request: OpenRequest): Promise<(frame: CanvasFrame) => Showing>;
  answer(request: Exclude<OpeningRequest, { readonly kind: 'open' | 'close' }>): Promise<Answered>;
}

/** Where there is nothing to show: what a reader without a kernel is told. */
const emptyWords = 'Masklet: nothing is open. Run this cell to choose a video.';

/**
 * One canvas, whatever is on it: a session, or what there is to open. A session is on one canvas at most, and the
 * canvas is the same widget model whatever comes and goes, so that every view of it stays.
 */
export class CanvasFrame {
  readonly #opener: CanvasOpener;
  readonly #shown = new Set<() => void>();
  #model: WidgetModel | null = null;
  #showing: Showing | null = null;
  #binding: CanvasBinding | null = null;
  #displayed = false;

  constructor(opener: CanvasOpener) {
    this.#opener = opener;
  }

  /** What is on it; null while it offers what there is to open. */
  get showing(): Showing | null {
    return this.#showing;
  }

  /** The session's side of it; null while none is shown. */
  get binding(): CanvasBinding | null {
    return this.#binding;
  }

  /** True once it was shown in a cell. */
  get displayed(): boolean {
    return this.#displayed;
  }

  /** Calls when another session comes to the canvas. */
  onShown(listener: () => void): () => void {
    this.#shown.add(listener);
    return () => this.#shown.delete(listener);
  }

  /** Puts a session on the canvas, in the place of what is there. */
  show(showing: Showing): void {
    if (this.#showing === showing) return;
    this.#binding?.dispose();
    this.#binding = null;
    this.#showing = showing;
    const work = randomUUID();
    this.#binding = showing.bind((state) => this.#setState({ ...state, work, opening: null }));
    this.#model!.setPreview(showing.preview());
    [...this.#shown].forEach((listener) => listener());
  }

  /** Takes the session off the canvas, which then offers what there is to open. `left` says what became of it. */
  clear(left: string | null): void {
    this.#binding?.dispose();
    this.#binding = null;
    this.#showing = null;
    if (!this.#model) return;
    this.#model.set(emptyState(left) as unknown as CommState);
    this.#model.setPreview({ text: emptyWords });
  }

  mimeBundle(): Record<string, Json> {
    this.#displayed = true;
    return this.#made().mimeBundle();
  }

  /** Shows the canvas in the output of the cell that runs. */
  display(): void {
    this.#displayed = true;
    this.#made().display();
  }

  /** Opens what is at a place and puts it here; what was here is written down and closed, once the other is open. */
  async open(request: OpenRequest): Promise<string | null> {
    const before = this.#showing;
    if (before && before.session.path === null)
      throw new KernelError(
        'The work on this canvas is in memory only and would be lost. Export it first, or open the other from a cell of its own: await annotate(). Nothing was changed.',
      );
    const put = await this.#opener.open(request);
    const next = put(this);
    if (before && before !== next) await before.close();
    return next.session.path;
  }

  #made(): WidgetModel {
    if (!this.#model) {
      this.#setState(emptyState(null) as unknown as CommState);
      this.#model!.setPreview({ text: emptyWords });
    }
    return this.#model!;
  }

  #setState(state: CommState): WidgetModel {
    if (this.#model) {
      this.#model.set(state);
      return this.#model;
    }
    this.#model = createWidgetModel({
      module: 'masklet-canvas',
      moduleVersion: '0.1.0',
      modelName: 'CanvasModel',
      viewName: 'CanvasView',
      state,
    });
    this.#model.onMessage((content) => void this.#receive(content));
    return this.#model;
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
    switch (body.kind) {
      case 'open':
        return { value: { path: await this.open(body) } };
      case 'offered':
        return this.#offered(await this.#opener.answer(body));
      case 'glimpse':
      case 'forget':
        return this.#opener.answer(body);
      case 'close':
        await this.#showing?.close();
        return { value: {} };
      default:
        if (this.#binding) return this.#binding.answer(body);
        throw new KernelError(
          'Nothing is open on this canvas, so nothing was changed. Open something first.',
        );
    }
  }

  /** What is on this canvas is not to be opened on it. */
  #offered(answer: Answered): Answered {
    const value = answer.value as Answers['offered'];
    const here = this.#showing?.session.path ?? null;
    const recent = value.recent.filter((one) => here === null || one.path !== resolve(here));
    return { value: { ...value, recent } };
  }

  #send(message: KernelMessage, buffers: readonly Uint8Array[] = []): void {
    // A change of the document goes before the answer that speaks of it.
    if (this.#binding) this.#binding.send(message, buffers);
    else this.#model?.send(message as unknown as Json, buffers);
  }
}
