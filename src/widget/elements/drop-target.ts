import type { ReactiveController } from 'lit';
import type { PlaceRequest } from '../../protocol';

/** What a drop target needs of its element. */
export interface DropHost {
  addController(controller: ReactiveController): void;
  requestUpdate(): void;
  getRootNode(): Node;
}

const kinds = ['lm-dragenter', 'lm-dragover', 'lm-dragleave', 'lm-drop'] as const;

/**
 * Takes what is dragged here out of JupyterLab's list of files. Lumino looks for what lies under the pointer in the page
 * itself and never inside of elements: it is heard at the outermost element around the host, wherever that is.
 */
export class DropTarget implements ReactiveController {
  readonly #host: DropHost;
  readonly #place: (event: Event) => PlaceRequest | null;
  readonly #take: (place: PlaceRequest) => void;
  #outermost: EventTarget | null = null;
  #over = false;

  /** `place`: what an event brings; null for what cannot be taken. */
  constructor(
    host: DropHost,
    place: (event: Event) => PlaceRequest | null,
    take: (place: PlaceRequest) => void,
  ) {
    this.#host = host;
    this.#place = place;
    this.#take = take;
    host.addController(this);
  }

  /** True while something that can be taken is above. */
  get over(): boolean {
    return this.#over;
  }

  hostConnected(): void {
    let root = this.#host.getRootNode();
    let outermost: EventTarget = root;
    while (root instanceof ShadowRoot) {
      outermost = root.host;
      root = root.host.getRootNode();
    }
    this.#outermost = outermost;
    for (const kind of kinds) outermost.addEventListener(kind, this.#hear);
  }

  hostDisconnected(): void {
    for (const kind of kinds) this.#outermost?.removeEventListener(kind, this.#hear);
    this.#setOver(false);
  }

  readonly #hear = (event: Event): void => {
    if (event.type === 'lm-dragleave') return this.#setOver(false);
    const place = this.#place(event);
    this.#setOver(place !== null && event.type !== 'lm-drop');
    if (!place) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.type === 'lm-drop') this.#take(place);
  };

  #setOver(over: boolean): void {
    if (over === this.#over) return;
    this.#over = over;
    this.#host.requestUpdate();
  }
}
