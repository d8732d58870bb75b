import type { KernelLink, Unsubscribe } from '../link';
import type { NotebookOutputs } from './notebook-outputs';

/** What draws the picture: the workbench. */
export interface PreviewSource {
  /** A JPEG of the frame in sight with its masks, as a data address; null while there is none. */
  snapshot(width: number): string | null;
}

const width = 800;
/** A change is pictured once nothing more has come for this long, in milliseconds. */
const calm = 800;

/**
 * Keeps a picture of the canvas in the saved notebook, so that it reads without a kernel (H5): when the first frame is
 * there, at the end of a run, and as the notebook is saved. The live view is not touched.
 */
export class PreviewKeeper {
  readonly #outputs: NotebookOutputs;
  readonly #modelId: string;
  readonly #source: PreviewSource;
  readonly #stops: Unsubscribe[];
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running = false;
  #kept = false;

  constructor(outputs: NotebookOutputs, modelId: string, link: KernelLink, source: PreviewSource) {
    this.#outputs = outputs;
    this.#modelId = modelId;
    this.#source = source;
    this.#stops = [
      outputs.onSave(() => this.#keep()),
      link.onState(() => {
        const running = link.state().run !== null;
        if ((this.#running && !running) || !this.#kept) this.#soon();
        this.#running = running;
      }),
    ];
    this.#soon();
  }

  dispose(): void {
    this.#stops.forEach((stop) => stop());
    if (this.#timer) clearTimeout(this.#timer);
  }

  #soon(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#keep();
      if (!this.#kept) this.#soon();
    }, calm);
  }

  #keep(): void {
    const address = this.#source.snapshot(width);
    const data = address?.startsWith('data:image/jpeg;base64,') ? address.slice(23) : null;
    if (data === null) return;
    this.#outputs.keep(this.#modelId, { type: 'image/jpeg', data });
    this.#kept = true;
  }
}
