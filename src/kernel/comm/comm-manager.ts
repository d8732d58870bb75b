import { randomUUID } from 'node:crypto';
import { newHeader } from './wire-message';
import type { Json, MessageHeader, WireMessage } from './wire-message';

/** Sends a message on the kernel's publishing socket. */
export type Publish = (message: WireMessage) => void;

/** How a message goes out. */
export interface SendOptions {
  readonly metadata?: Readonly<Record<string, Json>>;
  readonly buffers?: readonly Uint8Array[];
}

/** What a comm does with what it hears. */
export interface CommHandlers {
  message(data: Readonly<Record<string, unknown>>, buffers: readonly Uint8Array[]): void;
  close?(): void;
}

/** One open channel between the kernel and the front end. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: Readonly<Record<string, unknown>>, options?: SendOptions): void;
  close(): void;
}

/** Answers a channel that the front end opened. */
export type TargetHandler = (comm: Comm, data: Readonly<Record<string, unknown>>) => CommHandlers;

interface OpenComm {
  readonly comm: Comm;
  readonly handlers: CommHandlers;
}

/**
 * Jupyter comms of one kernel: channels opened from either side, found again by id. Knows nothing of sockets:
 * what goes out goes through `publish`, what comes in through {@link CommManager.receive}.
 */
export class CommManager {
  readonly #publish: Publish;
  readonly #session: string = randomUUID();
  readonly #comms = new Map<string, OpenComm>();
  readonly #targets = new Map<string, TargetHandler>();
  #parent: MessageHeader | Record<string, never> = {};

  constructor(publish: Publish) {
    this.#publish = publish;
  }

  /** The session id in the headers of this kernel's own messages. */
  get session(): string {
    return this.#session;
  }

  /** Opens a channel to the front end. */
  open(
    target: string,
    data: Readonly<Record<string, unknown>>,
    handlers: CommHandlers,
    options: SendOptions = {},
  ): Comm {
    const comm = this.#make(randomUUID().replaceAll('-', ''), target);
    this.#comms.set(comm.id, { comm, handlers });
    this.#send('comm_open', { comm_id: comm.id, target_name: target, data }, options);
    return comm;
  }

  /** Says how channels of a target that the front end opens are answered. */
  onTarget(target: string, handler: TargetHandler): void {
    this.#targets.set(target, handler);
  }

  /** The open channels, of one target where it is given: the content of a comm_info_reply. */
  info(target: unknown): { status: 'ok'; comms: Record<string, { target_name: string }> } {
    const open = [...this.#comms.values()].filter(
      ({ comm }) => typeof target !== 'string' || comm.target === target,
    );
    return {
      status: 'ok',
      comms: Object.fromEntries(open.map(({ comm }) => [comm.id, { target_name: comm.target }])),
    };
  }

  /** Takes in a comm_open, comm_msg or comm_close. */
  receive({ header, content, buffers }: WireMessage): void {
    const before = this.#parent;
    this.#parent = header;
    try {
      const id = String(content['comm_id']);
      const data = (content['data'] ?? {}) as Record<string, unknown>;
      if (header.msg_type === 'comm_open') this.#opened(id, String(content['target_name']), data);
      else if (header.msg_type === 'comm_msg') this.#comms.get(id)?.handlers.message(data, buffers);
      else if (header.msg_type === 'comm_close') this.#closed(id);
    } finally {
      this.#parent = before;
    }
  }

  #opened(id: string, target: string, data: Record<string, unknown>): void {
    const handler = this.#targets.get(target);
    if (!handler) return this.#send('comm_close', { comm_id: id, data: {} }, {});
    const comm = this.#make(id, target);
    this.#comms.set(id, { comm, handlers: handler(comm, data) });
  }

  #closed(id: string): void {
    const open = this.#comms.get(id);
    this.#comms.delete(id);
    open?.handlers.close?.();
  }

  #make(id: string, target: string): Comm {
    return {
      id,
      target,
      send: (data, options = {}) => this.#send('comm_msg', { comm_id: id, data }, options),
      close: () => {
        if (this.#comms.delete(id)) this.#send('comm_close', { comm_id: id, data: {} }, {});
      },
    };
  }

  #send(
    type: string,
    content: Readonly<Record<string, unknown>>,
    { metadata = {}, buffers = [] }: SendOptions,
  ): void {
    const header = newHeader(type, this.#session);
    this.#publish({
      identities: [Buffer.from(type)],
      header,
      parent: this.#parent,
      metadata,
      content,
      buffers,
    });
  }
}
