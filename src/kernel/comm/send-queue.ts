/** What is used of a zeromq socket. */
export interface SendingSocket {
  send(frames: unknown): Promise<void>;
  readonly closed?: boolean;
}

type Send = (this: SendingSocket, frames: unknown) => Promise<void>;

/** One socket's sends, one after the other: zeromq refuses a second while the first is under way. */
class SendQueue {
  readonly #socket: SendingSocket;
  readonly #send: Send;
  readonly #waiting: unknown[] = [];
  #sending = false;

  constructor(socket: SendingSocket, send: Send) {
    this.#socket = socket;
    this.#send = send;
  }

  push(frames: unknown): void {
    this.#waiting.push(frames);
    if (!this.#sending) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.length > 0) {
      const frames = this.#waiting.shift();
      try {
        await this.#send.call(this.#socket, frames);
      } catch (error) {
        // A kernel that shuts down still has things to say; nobody listens any more.
        if (this.#socket.closed !== true)
          process.stderr.write(`a message could not be sent: ${String(error)}\n`);
      }
    }
    this.#sending = false;
  }
}

/** A zeromq socket class whose `send` can be replaced on its prototype. */
export interface SocketClass {
  readonly prototype: object;
}

/**
 * Lets every socket of these classes queue what it sends, so that bursts lose nothing. zeromq's sockets cannot
 * be extended and their `send` cannot be assigned to, but it can be defined anew on the prototype.
 */
export function queueSends(classes: readonly SocketClass[]): void {
  const queues = new WeakMap<SendingSocket, SendQueue>();
  for (const { prototype } of classes) {
    const original = (prototype as { send: Send }).send;
    const queued: Send = function (frames) {
      let queue = queues.get(this);
      if (!queue) queues.set(this, (queue = new SendQueue(this, original)));
      queue.push(frames);
      return Promise.resolve();
    };
    Object.defineProperty(prototype, 'send', { value: queued, writable: true, configurable: true });
  }
}
