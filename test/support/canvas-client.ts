import type { KernelClient } from './kernel-client';

/** What a canvas is answered. */
export interface Said {
  readonly ok: boolean;
  readonly value?: Record<string, unknown>;
  readonly error?: { readonly message: string; readonly fields: Record<string, unknown> };
  readonly buffers: readonly Uint8Array[];
}

interface Content {
  readonly comm_id?: string;
  readonly data?: {
    readonly method?: string;
    readonly state?: Record<string, unknown>;
    readonly content?: Omit<Said, 'buffers'> & {
      readonly kind?: string;
      readonly request?: number;
      readonly objectIds?: readonly string[];
    };
  };
}

let clients = 0;

/** A page's side of one canvas, over the kernel's sockets. */
export class CanvasClient {
  readonly #kernel: KernelClient;
  readonly #comm: string;
  readonly #client = `client-${++clients}`;
  #requests = 0;

  /** `bundle`: what the cell showed. */
  constructor(kernel: KernelClient, bundle: Record<string, unknown>) {
    const view = bundle['application/vnd.jupyter.widget-view+json'] as { model_id?: string } | undefined;
    if (view?.model_id === undefined) throw new Error('the cell showed no widget');
    this.#kernel = kernel;
    this.#comm = view.model_id;
  }

  /** Sends a request and waits for its answer. */
  async ask(body: object): Promise<Said> {
    const request = ++this.#requests;
    const data = { method: 'custom', content: { client: this.#client, request, body } };
    this.#kernel.send('comm_msg', { comm_id: this.#comm, data });
    const answer = await this.#kernel.waitFor((one) => {
      const { comm_id, data: said } = one.content as Content;
      const content = said?.content as (Content['data'] & { client?: string; request?: number }) | undefined;
      return comm_id === this.#comm && content?.client === this.#client && content.request === request;
    });
    return { ...(answer.content as Content).data!.content!, buffers: answer.buffers };
  }

  /** Waits for word that an object's masks are not what they were, among what the kernel says after its first `said` messages. */
  async masksChanged(objectId: string, said: number): Promise<void> {
    await this.#kernel.waitFor((one) => {
      const { comm_id, data } = one.content as Content;
      const content = data?.content;
      return (
        comm_id === this.#comm &&
        content?.kind === 'masks-changed' &&
        content.objectIds?.includes(objectId) === true &&
        this.#kernel.published.indexOf(one) >= said
      );
    });
  }

  /** The synced state, as a page has it from the messages so far. */
  state(): Record<string, unknown> {
    const mine = this.#kernel.published.filter((one) => (one.content as Content).comm_id === this.#comm);
    return Object.assign({}, ...mine.map((one) => (one.content as Content).data?.state ?? {})) as Record<
      string,
      unknown
    >;
  }
}
