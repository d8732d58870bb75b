import { KernelError, fromWireError } from '../../errors';
import type { Answer, CanvasMessage, CanvasRequest, RequestKind } from '../../protocol';
import { SignalOf } from './signal';
import type { KernelAnswer, RequestOf, Unsubscribe } from './kernel-link';

/** Waits before an unanswered request is sent again, in milliseconds; the last one repeats. */
const patience = [1_000, 5_000, 15_000, 30_000];
/** After this long without an answer the user is told, in milliseconds. */
const slowAfter = 6_000;

interface OpenRequest {
  readonly message: CanvasMessage;
  readonly since: number;
  tries: number;
  timer: ReturnType<typeof setTimeout> | null;
  settle(answer: Answer, buffers: readonly DataView[]): void;
  fail(error: Error): void;
}

/**
 * The asking side of the wire, one per view: numbers its requests, matches the answers, and sends again what may
 * be sent again, since messages can be lost when a cell floods the notebook with output. An edit is never sent
 * twice: it may have been applied.
 */
export class RequestChannel {
  readonly #client: string;
  readonly #send: (message: CanvasMessage) => void;
  readonly #open = new Map<number, OpenRequest>();
  readonly #slowness = new SignalOf<boolean>();
  #last = 0;
  #slow = false;
  #slowTimer: ReturnType<typeof setTimeout> | null = null;
  #closed: string | null = null;

  constructor(client: string, send: (message: CanvasMessage) => void) {
    this.#client = client;
    this.#send = send;
  }

  /** True while a request has been waiting for some seconds. */
  get slow(): boolean {
    return this.#slow;
  }

  onSlow(listener: (slow: boolean) => void): Unsubscribe {
    return this.#slowness.subscribe(listener);
  }

  /** Sends a request. Rejects with the kernel's error, or with a KernelError once the channel is closed. */
  request<K extends RequestKind>(body: RequestOf<K>): Promise<KernelAnswer<K>> {
    if (this.#closed !== null) return Promise.reject(new KernelError(this.#closed));
    return new Promise((resolve, reject) => {
      const number = ++this.#last;
      const entry: OpenRequest = {
        message: { client: this.#client, request: number, body: body },
        since: Date.now(),
        tries: 0,
        timer: null,
        settle: (answer, buffers) => {
          if (answer.ok) resolve({ value: answer.value as KernelAnswer<K>['value'], buffers });
          else reject(fromWireError(answer.error));
        },
        fail: reject,
      };
      this.#open.set(number, entry);
      this.#trySending(entry);
      this.#watchSlowness();
    });
  }

  /** Takes a custom message of the kernel. Answers to other views, and second answers, are passed over. */
  receive(message: Answer, buffers: readonly DataView[]): void {
    if (message.client !== this.#client) return;
    const entry = this.#open.get(message.request);
    if (!entry) return;
    this.#forget(entry);
    entry.settle(message, buffers);
    this.#watchSlowness();
  }

  /** Rejects what is open and all that follows with this sentence. {@link RequestChannel.reopen} takes it back. */
  close(why: string): void {
    this.#closed = why;
    for (const entry of [...this.#open.values()]) {
      this.#forget(entry);
      entry.fail(new KernelError(why));
    }
    this.#watchSlowness();
  }

  reopen(): void {
    this.#closed = null;
  }

  #trySending(entry: OpenRequest): void {
    this.#send(entry.message);
    if (!isRepeatable(entry.message.body)) return;
    const wait = patience[Math.min(entry.tries, patience.length - 1)]!;
    entry.tries++;
    entry.timer = setTimeout(() => this.#trySending(entry), wait);
  }

  #forget(entry: OpenRequest): void {
    this.#open.delete(entry.message.request);
    if (entry.timer) clearTimeout(entry.timer);
  }

  #watchSlowness(): void {
    if (this.#slowTimer) clearTimeout(this.#slowTimer);
    this.#slowTimer = null;
    const oldest = Math.min(...[...this.#open.values()].map((entry) => entry.since));
    if (oldest === Infinity) return this.#setSlow(false);
    const left = oldest + slowAfter - Date.now();
    if (left <= 0) return this.#setSlow(true);
    this.#setSlow(false);
    this.#slowTimer = setTimeout(() => this.#watchSlowness(), left);
  }

  #setSlow(slow: boolean): void {
    if (slow === this.#slow) return;
    this.#slow = slow;
    this.#slowness.emit(slow);
  }
}

/** Asking twice changes nothing, so it may be done when the first seems lost. */
function isRepeatable(body: CanvasRequest): boolean {
  return ['picture', 'masks', 'forecast', 'preview', 'areas'].includes(body.kind);
}
