import { catalogueEntry } from '../engine/catalogue';
import type { ModelEntry } from '../engine/catalogue';
import type { PlaceView } from '../protocol';
import { modelToOffer, Session } from '../session';
import type { SessionOptions, Video } from '../session';
import { CanvasBinding, engineFacts } from './canvas-binding';
import type { MakeModel } from './canvas-binding';
import { createWidgetModel, onInterrupt } from './comm';
import type { Json } from './comm';

/** How to annotate in a notebook. */
export interface AnnotateOptions extends Pick<SessionOptions, 'nextId' | 'now'> {
  /** False: no canvas, for scripts. */
  readonly show?: boolean;
  /** The folder to keep the work in; among the drafts where nothing is said. */
  readonly at?: string;
}

/**
 * A session with a canvas. As the last expression of a cell it shows the canvas; shown twice, it is the same
 * work in two views.
 */
export class NotebookSession extends Session {
  readonly #show: boolean;
  #binding: CanvasBinding | null = null;
  readonly #stops: (() => void)[] = [];
  readonly #warnings: string[] = [];
  #disposed = false;
  #closed: string | null = null;
  #firstPicture: Uint8Array | null = null;

  constructor(video: Video, options: SessionOptions & { readonly show?: boolean } = {}) {
    super(video, options);
    this.#show = options.show ?? true;
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

  /** Moves the canvas: to a frame, to an object (by name or id), to another view. */
  goTo(place: {
    readonly frame?: number;
    readonly object?: string;
    readonly mode?: PlaceView['mode'];
  }): void {
    if (place.frame !== undefined) this.video.checkFrame(place.frame);
    this.#canvas().setPlace({
      ...(place.frame === undefined ? {} : { frame: place.frame }),
      ...(place.object === undefined ? {} : { objectId: this.objects.get(place.object).id }),
      ...(place.mode === undefined ? {} : { mode: place.mode }),
    });
  }

  /** What the canvas shows: frame, chosen object, view. */
  get place(): PlaceView {
    return this.#canvas().place;
  }

  /** Shows the canvas in the output of the cell that runs. */
  display(): void {
    this.#canvas().model.display();
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

  /** Closes as the canvas does: everything is written down, and the canvas goes on showing it, to look at. */
  async close(): Promise<void> {
    if (this.#closed !== null) return;
    const left = this.queue.waiting.length;
    const dropped =
      left === 0
        ? ''
        : left === 1
          ? '. A run that waited was not begun'
          : `. ${left} runs that waited were not begun`;
    this.#closed =
      this.path === null
        ? `This session is closed. It was kept in memory only${dropped}`
        : `This session is closed. It is kept in ${this.path}; run its cell again to go on${dropped}`;
    this.#disposed = true;
    await super.dispose();
    this.#binding?.touchSaving();
  }

  override async dispose(): Promise<void> {
    this.#disposed = true;
    this.#stops.forEach((stop) => stop());
    await super.dispose();
    this.#binding?.dispose();
    this.#binding = null;
  }

  #bundle(): Record<string, Json> {
    if (!this.#show) return { 'text/plain': this.#words() };
    return this.#canvas().model.mimeBundle();
  }

  #canvas(): CanvasBinding {
    return (this.#binding ??= this.#bind());
  }

  #bind(): CanvasBinding {
    const { model } = this.video.engines;
    const engine = {
      state: model.pid === null ? 'starting' : 'ready',
      model: catalogueEntry(this.model)?.config.title ?? 'MobileSAM',
      provider: '',
      name: this.model,
      choice: 'auto',
      threads: null,
      cacheMiB: null,
      providers: [],
      notes: [],
    } as const;
    const makeModel: MakeModel = (state) =>
      createWidgetModel({
        module: 'masklet-canvas',
        moduleVersion: '0.1.0',
        modelName: 'CanvasModel',
        viewName: 'CanvasView',
        state,
      });
    const binding = new CanvasBinding(this, engine, makeModel, () => this.close());
    const jpeg = this.#firstPicture;
    binding.model.setPreview({ text: this.#words(), ...(jpeg ? { jpeg } : {}) });
    this.#stops.push(
      this.video.engines.onModelState((state) =>
        binding.setEngine({ state: state === 'starting' ? 'starting' : 'ready' }),
      ),
    );
    if (this.#warnings.length > 0) binding.notify('warning', this.#warnings.splice(0).join(' '));
    void this.#warmUp(binding);
    return binding;
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
