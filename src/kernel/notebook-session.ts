import { basename } from 'node:path';
import { catalogueEntry } from '../engine/catalogue';
import type { ModelEntry } from '../engine/catalogue';
import type { PlaceView } from '../protocol';
import { modelToOffer, Session } from '../session';
import type { SessionOptions, Video } from '../session';
import { CanvasBinding, engineFacts } from './canvas-binding';
import type { MakeModel } from './canvas-binding';
import { CanvasFrame } from './canvas-frame';
import type { CanvasOpener, Showing } from './canvas-frame';
import { onInterrupt } from './comm';
import type { Json } from './comm';

/** How to annotate in a notebook. */
export interface AnnotateOptions extends Pick<SessionOptions, 'nextId' | 'now'> {
  /** False: no canvas, for scripts. */
  readonly show?: boolean;
  /** The folder to keep the work in; among the drafts where nothing is said. */
  readonly at?: string;
}

/** Whether whoever has a session open is gone is looked for this often, in milliseconds. */
const watchEvery = 3000;

/** What a session in a notebook needs besides what every session needs. */
export interface NotebookOptions extends SessionOptions {
  readonly show?: boolean;
  /** Opens what its canvas asks for. */
  readonly opener: CanvasOpener;
}

// How a session is put on a canvas is nobody's business but this folder's.
const putters = new WeakMap<NotebookSession, (frame: CanvasFrame) => Showing>();

/** Puts a session on a canvas; the one that it was on before offers what there is to open. */
export function putOn(session: NotebookSession, frame: CanvasFrame): Showing {
  return putters.get(session)!(frame);
}

/**
 * A session with a canvas. As the last expression of a cell it shows the canvas; shown twice, it is the same
 * work in two views.
 */
export class NotebookSession extends Session {
  readonly #show: boolean;
  readonly #opener: CanvasOpener;
  readonly #showing: Showing;
  #frame: CanvasFrame | null = null;
  readonly #stops: (() => void)[] = [];
  readonly #warnings: string[] = [];
  #disposed = false;
  #closed: string | null = null;
  #firstPicture: Uint8Array | null = null;

  constructor(video: Video, options: NotebookOptions) {
    super(video, options);
    this.#show = options.show ?? true;
    this.#opener = options.opener;
    this.#showing = this.#asShown();
    putters.set(this, (frame) => this.#putOn(frame));
    // As the last expression of a cell a session is shown as this bundle.
    Object.defineProperty(this, Symbol.for('Jupyter.display'), { value: () => this.#bundle() });
    this.#stops.push(onInterrupt(() => void this.cancel('all')));
  }

  /** Has the first frame ready for readers without a kernel; a canvas in a page puts its own picture in its place. */
  async prepare(): Promise<void> {
    if (!this.#show || this.#firstPicture) return;
    // A video whose first frame cannot be read says so on the canvas.
    this.#firstPicture = await this.video.picture(0, 800).then(
      ({ type, data }) => (type === 'image/jpeg' ? data : null),
      () => null,
    );
  }

  /** Moves the canvas: to a frame, to an object (by name, id, or number as `#2`), to another view. */
  goTo(place: {
    readonly frame?: number;
    readonly object?: string;
    readonly mode?: PlaceView['mode'];
  }): void {
    if (place.frame !== undefined) this.video.checkFrame(place.frame);
    this.#onCanvas().setPlace({
      ...(place.frame === undefined ? {} : { frame: place.frame }),
      ...(place.object === undefined ? {} : { objectId: this.objects.get(place.object).id }),
      ...(place.mode === undefined ? {} : { mode: place.mode }),
    });
  }

  /** What the canvas shows: frame, chosen object, view. */
  get place(): PlaceView {
    return this.#onCanvas().place;
  }

  /** Shows the canvas in the output of the cell that runs. */
  display(): void {
    this.#ownFrame().display();
  }

  /** True after {@link NotebookSession.dispose}. */
  get disposed(): boolean {
    return this.#disposed;
  }

  /** Tells the user something: on the canvas, as soon as there is one. */
  warn(message: string): void {
    if (this.#binding) this.#binding.notify('warning', message);
    else this.#warnings.push(message);
  }

  override get readOnly(): string | null {
    return this.#closed ?? super.readOnly;
  }

  /**
   * Closes as the canvas does: a run under way ends after its frame, everything is written down, and the canvas offers
   * what there is to open, this first. Work that is in memory only stays on the canvas, to look at.
   */
  async close(): Promise<void> {
    if (this.#disposed) return;
    const path = this.path;
    const left = this.queue.waiting.length;
    const dropped =
      left === 0
        ? ''
        : left === 1
          ? '. A run that waited was not begun'
          : `. ${left} runs that waited were not begun`;
    this.#closed =
      path === null
        ? `This session is closed. It was kept in memory only${dropped}`
        : `This session is closed. It is kept in ${path}; run its cell again to go on${dropped}`;
    this.#disposed = true;
    this.#binding?.endExport();
    await super.dispose();
    this.emit('closed', path);
    if (path === null) this.#binding?.touchSaving();
    else this.#leave();
  }

  override async dispose(): Promise<void> {
    this.#disposed = true;
    this.#stops.forEach((stop) => stop());
    this.#binding?.endExport();
    await super.dispose();
    this.emit('closed', this.path);
    this.#leave();
  }

  get #binding(): CanvasBinding | null {
    return this.#frame?.showing === this.#showing ? this.#frame.binding : null;
  }

  /** Leaves its canvas to what there is to open. */
  #leave(): void {
    const name = this.path === null ? this.video.name : basename(this.path);
    if (this.#binding) this.#frame?.clear(`${name} is closed. Everything in it is kept.`);
    this.#frame = null;
  }

  #asShown(): Showing {
    return {
      session: this,
      preview: () => ({
        text: this.#words(),
        ...(this.#firstPicture ? { jpeg: this.#firstPicture } : {}),
      }),
      bind: (makeModel) => this.#bind(makeModel),
      close: () => this.close(),
    };
  }

  #putOn(frame: CanvasFrame): Showing {
    if (this.#binding && this.#frame !== frame)
      this.#frame?.clear(
        `${basename(this.path ?? this.video.name)} goes on in another canvas of this notebook.`,
      );
    this.#frame = frame;
    frame.show(this.#showing);
    return this.#showing;
  }

  #bundle(): Record<string, Json> {
    if (!this.#show) return { 'text/plain': this.#words() };
    return this.#ownFrame().mimeBundle();
  }

  #onCanvas(): CanvasBinding {
    this.#ownFrame();
    return this.#binding!;
  }

  /** The canvas that the session is on; one of its own where it is on none. */
  #ownFrame(): CanvasFrame {
    if (!this.#binding) this.#putOn(new CanvasFrame(this.#opener));
    return this.#frame!;
  }

  #bind(makeModel: MakeModel): CanvasBinding {
    const { model } = this.video.engines;
    const engine = {
      state: model.pid === null && !this.#disposed ? 'starting' : 'ready',
      model: catalogueEntry(this.model)?.config.title ?? 'MobileSAM',
      provider: '',
      name: this.model,
      choice: 'auto',
      fast: false,
      threads: null,
      cacheMiB: null,
      providers: [],
      notes: [],
    } as const;
    const binding = new CanvasBinding(this, engine, makeModel);
    this.#stops.push(
      this.video.engines.onModelState((state) =>
        binding.setEngine({ state: state === 'starting' ? 'starting' : 'ready' }),
      ),
    );
    if (this.#warnings.length > 0) binding.notify('warning', this.#warnings.splice(0).join(' '));
    if (this.readOnly !== null) this.#watchHolder(binding);
    if (!this.#disposed) void this.#warmUp(binding);
    return binding;
  }

  /** Work that can only be looked at, since somebody has it open: says when they are gone. */
  #watchHolder(binding: CanvasBinding): void {
    const timer = setInterval(() => {
      if (this.#disposed || this.#binding !== binding) return clearInterval(timer);
      if (!this.freed) return;
      binding.touchSaving();
      clearInterval(timer);
    }, watchEvery);
    timer.unref();
  }

  /** The model is loaded while the user still looks at the first frame. */
  async #warmUp(binding: CanvasBinding): Promise<void> {
    try {
      await binding.refreshModels();
      binding.setEngine({ state: 'ready', ...engineFacts(await this.loadModel()) });
      const offer = await modelToOffer();
      if (offer) binding.notify('info', offerText(offer));
    } catch (error) {
      binding.setEngine({ state: 'failed' });
      binding.notify('error', error instanceof Error ? error.message : String(error));
    }
  }

  #words(): string {
    const { name, width, height, frameCount } = this.video;
    const objects = this.objects.length;
    return `Masklet: ${name}, ${frameCount} frames of ${width} × ${height}, ${objects} object${objects === 1 ? '' : 's'}`;
  }
}

function offerText({ title, downloadBytes }: ModelEntry): string {
  const size = Math.round((downloadBytes ?? 0) / 1e6);
  return `${title} remembers objects along a video, which the embedded model does not. It is fetched once (${size} MB): press the model’s name above.`;
}
