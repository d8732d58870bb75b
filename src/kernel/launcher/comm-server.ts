import {
  CommManager,
  decodeMessage,
  encodeMessage,
  messageType,
  newHeader,
  queueSends,
  WidgetRegister,
} from '../comm';
import type { Json, KernelHost, MessageHeader, WireMessage } from '../comm';
import type { RoutingSocket, TslabParts, TslabServer } from './tslab-parts';

/**
 * Milliseconds between the answer to a comm message and the word that the kernel is idle again. Sent at once,
 * the small status message makes the answer wait some 40 ms in jupyter_server's socket (Nagle's algorithm).
 */
const idleDelay = 60;

/** Gives tslab's server Jupyter comms, and this process a {@link KernelHost}. */
export class CommServer implements KernelHost {
  readonly comms: CommManager;
  readonly widgets: WidgetRegister = new WidgetRegister();
  readonly #parts: TslabParts;
  readonly #interrupts = new Set<() => void>();
  #server: TslabServer | null = null;
  #running: MessageHeader | null = null;

  constructor(parts: TslabParts) {
    this.#parts = parts;
    this.comms = new CommManager((message) => this.#publish(message));
    this.comms.onTarget('jupyter.widget.control', (comm) => ({
      message: (data) => this.widgets.answerControl(comm, data),
    }));
    process.on('SIGINT', () => this.#interrupt());
  }

  display(bundle: Record<string, Json>): void {
    this.#parts.jupyter.lastWriteDisplayData?.({ data: bundle, metadata: {}, transient: {} }, false);
  }

  onInterrupt(listener: () => void): () => void {
    this.#interrupts.add(listener);
    return () => this.#interrupts.delete(listener);
  }

  /** Puts itself between the sockets and tslab. Must be called before the kernel starts. */
  attach(): void {
    const { zeromq, jupyter } = this.#parts;
    queueSends([zeromq.Publisher, zeromq.Router]);
    const { prototype } = jupyter.ZmqServer;
    const { bindSocket, handleShellMessage } = prototype;
    prototype.bindSocket = function (this: TslabServer, socket, port) {
      // A publisher drops what exceeds its high-water mark without a word; 0 means that it keeps everything.
      if (socket === this.iopub) this.iopub.sendHighWaterMark = 0;
      return bindSocket.call(this, socket, port);
    };
    const hear = (server: TslabServer, socket: RoutingSocket, frames: Uint8Array[]): Promise<void> | null =>
      this.#hear(server, socket, frames, () => handleShellMessage.call(server, socket, ...frames));
    prototype.handleShellMessage = async function (this: TslabServer, socket, ...frames) {
      await (hear(this, socket, frames) ?? handleShellMessage.call(this, socket, ...frames));
    };
  }

  /** Answers the messages that are ours; null for tslab's own. */
  #hear(
    server: TslabServer,
    socket: RoutingSocket,
    frames: Uint8Array[],
    byTslab: () => Promise<void>,
  ): Promise<void> | null {
    this.#server = server;
    const type = messageType(frames);
    if (type === 'execute_request') return this.#execute(server, frames, byTslab);
    const ours = [
      'comm_info_request',
      'comm_open',
      'comm_msg',
      'comm_close',
      'history_request',
      'interrupt_request',
    ];
    if (type === null || !ours.includes(type)) return null;
    try {
      this.#answer(socket, decodeMessage(frames, server.connInfo.key));
    } catch (error) {
      // A message that cannot be taken in must not end the kernel, nor print into a cell.
      this.#report(error);
    }
    return Promise.resolve();
  }

  #answer(socket: RoutingSocket, message: WireMessage): void {
    switch (message.header.msg_type) {
      case 'comm_info_request':
        return this.#reply(
          socket,
          message,
          'comm_info_reply',
          this.comms.info(message.content['target_name']),
        );
      case 'history_request':
        return this.#reply(socket, message, 'history_reply', { status: 'ok', history: [] });
      case 'interrupt_request':
        process.emit('SIGINT');
        return this.#reply(socket, message, 'interrupt_reply', { status: 'ok' });
      default:
        try {
          this.comms.receive(message);
        } finally {
          setTimeout(() => this.#idle(message.header), idleDelay);
        }
    }
  }

  /** Remembers the cell that runs, so that a comm's “idle” does not make the kernel look idle. */
  async #execute(server: TslabServer, frames: Uint8Array[], byTslab: () => Promise<void>): Promise<void> {
    const { header } = decodeMessage(frames, server.connInfo.key);
    this.#running = header;
    try {
      await byTslab();
    } finally {
      if (this.#running === header) this.#running = null;
    }
  }

  #idle(parent: MessageHeader): void {
    this.#status('idle', parent);
    if (this.#running) this.#status('busy', this.#running);
  }

  #status(execution_state: string, parent: MessageHeader): void {
    const header = newHeader('status', this.comms.session);
    this.#publish({
      identities: [Buffer.from('status')],
      header,
      parent,
      metadata: {},
      content: { execution_state },
      buffers: [],
    });
  }

  #reply(socket: RoutingSocket, to: WireMessage, type: string, content: WireMessage['content']): void {
    const header = newHeader(type, this.comms.session);
    const reply = {
      identities: to.identities,
      header,
      parent: to.header,
      metadata: {},
      content,
      buffers: [],
    };
    const key = this.#server!.connInfo.key;
    void socket.send(encodeMessage(reply, key));
    setTimeout(() => this.#idle(to.header), idleDelay);
  }

  #publish(message: WireMessage): void {
    if (!this.#server) return;
    void this.#server.iopub.send(encodeMessage(message, this.#server.connInfo.key));
  }

  #interrupt(): void {
    for (const listener of this.#interrupts) {
      try {
        listener();
      } catch (error) {
        this.#report(error);
      }
    }
  }

  #report(error: unknown): void {
    console.error(error instanceof Error ? error.message : String(error));
  }
}
