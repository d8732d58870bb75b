import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { EngineError, fromWireError, toWireError } from '../../errors';
import type { Frame } from '../video';
import { StepQueue } from './step-queue';
import type { CallAnswer, CallName, CallRequest, FromEngine, ToEngine, WireRun, WireStep } from './wire';

/** What a client tells of its process. */
export type EngineState = 'stopped' | 'starting' | 'ready';

/**
 * glibc puts blocks of pictures' size among small ones after a while, and then cannot give them back. With this
 * set they stay apart, and the process's size stays level on long videos.
 */
const pictureFriendlyMemory = { MALLOC_MMAP_THRESHOLD_: '131072' };

/** A small nursery, and garbage collected when the engine says so: pictures are large, and V8 lets them lie. */
const leanMemory = ['--max-semi-space-size=2', '--expose-gc'];

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How to start an engine. `program` is for tests; the default is the compiled engine process. */
export interface EngineClientOptions {
  readonly program?: string;
  /** Bytes that its caches may take. */
  readonly cacheBytes?: number;
  readonly onState?: (state: EngineState) => void;
}

/**
 * The engine as its user sees it: a forked process, started by the first request and again by the first one
 * after it died. What was under way then rejects with an EngineError; the requests name all they need, so the
 * new process knows nothing of the old one and need not.
 */
export class EngineClient {
  readonly #program: string;
  #args: readonly string[];
  readonly #onState: (state: EngineState) => void;
  readonly #calls = new Map<number, Waiting>();
  readonly #runs = new Map<number, StepQueue>();
  readonly #arrays = new Map<string, (index: number) => Promise<Frame>>();
  #child: ChildProcess | null = null;
  #nextId = 1;
  #closed = false;

  constructor(options: EngineClientOptions = {}) {
    this.#program = options.program ?? join(__dirname, 'engine-process.js');
    this.#args = options.cacheBytes === undefined ? [] : [String(options.cacheBytes)];
    this.#onState = options.onState ?? (() => undefined);
  }

  /** The process, or null while none runs. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** One request, one answer. Rejects with the engine's error, or an EngineError when its process ends. */
  call<K extends CallName>(name: K, request: CallRequest<K>): Promise<CallAnswer<K>> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#calls.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#post({ type: 'call', id, name, request });
    });
  }

  /** A run's frames as they come. Leaving the loop, or aborting, cancels the run behind it. */
  async *run(run: WireRun, signal?: AbortSignal): AsyncGenerator<WireStep, void, undefined> {
    const id = this.#nextId++;
    const queue = new StepQueue();
    this.#runs.set(id, queue);
    const cancel = (): void => this.#post({ type: 'cancel', id });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      this.#post({ type: 'run', id, run });
      if (signal?.aborted) cancel();
      yield* queue;
    } finally {
      signal?.removeEventListener('abort', cancel);
      if (this.#runs.delete(id) && !queue.ended && this.#child) cancel();
      this.#settle();
    }
  }

  /** Gives its caches other bytes: those of the process that runs, and of every later one. */
  async setCacheBytes(bytes: number): Promise<void> {
    this.#args = [String(bytes)];
    if (this.#child) await this.call('budget', { bytes });
  }

  /** Serves the frames of a video given as arrays under its key. */
  serveArrays(key: string, frameAt: (index: number) => Promise<Frame>): () => void {
    this.#arrays.set(key, frameAt);
    return () => this.#arrays.delete(key);
  }

  /** Ends the process at once; what is under way rejects. The next request starts a new one. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Ends the process for good. */
  async dispose(): Promise<void> {
    this.#closed = true;
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.ref();
    child.kill('SIGKILL');
    await gone;
  }

  #post(message: ToEngine): void {
    if (this.#closed) throw new EngineError('The engine was closed. Open the video again to go on.');
    const child = (this.#child ??= this.#start());
    child.ref();
    child.channel?.ref();
    child.send(message);
  }

  #start(): ChildProcess {
    this.#onState('starting');
    const child = fork(this.#program, [...this.#args], {
      serialization: 'advanced',
      env: { ...pictureFriendlyMemory, ...process.env },
      execArgv: [...leanMemory],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', (message) => this.#receive(message as FromEngine, child));
    child.on('error', (error) => this.#lost(child, `it could not be started: ${error.message}`));
    child.on('exit', (code, signal) => this.#lost(child, signal ? `signal ${signal}` : `exit code ${code}`));
    return child;
  }

  #receive(message: FromEngine, child: ChildProcess): void {
    switch (message.type) {
      case 'ready':
        return this.#onState('ready');
      case 'answer':
        this.#take(message.id)?.resolve(message.value);
        return this.#settle();
      case 'step':
        return this.#runs.get(message.id)?.push(message.step);
      case 'end':
        this.#runs.get(message.id)?.end();
        return this.#settle();
      case 'error':
        this.#take(message.id)?.reject(fromWireError(message.error));
        this.#runs.get(message.id)?.fail(fromWireError(message.error));
        return this.#settle();
      case 'need-array-frame':
        void this.#sendArrayFrame(message.id, message.key, message.index, child);
    }
  }

  async #sendArrayFrame(id: number, key: string, index: number, child: ChildProcess): Promise<void> {
    let reply: ToEngine;
    try {
      const frameAt = this.#arrays.get(key);
      if (!frameAt)
        throw new EngineError('The frames of this video are no longer there; its arrays were disposed of.');
      reply = { type: 'array-frame', id, frame: await frameAt(index) };
    } catch (error) {
      reply = { type: 'array-frame', id, frame: null, error: toWireError(error) };
    }
    if (child.connected) child.send(reply);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#calls.get(id);
    this.#calls.delete(id);
    return waiting;
  }

  /** While nothing is under way the process does not keep its parent alive. */
  #settle(): void {
    if (this.#calls.size > 0 || this.#runs.size > 0) return;
    this.#child?.unref();
    this.#child?.channel?.unref();
  }

  #lost(child: ChildProcess, reason: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#onState('stopped');
    const error = new EngineError(
      `The engine process ended (${reason}). All masks and prompts made so far are kept. The next click or run starts it again.`,
      { reason },
    );
    for (const waiting of this.#calls.values()) waiting.reject(error);
    this.#calls.clear();
    for (const queue of this.#runs.values()) queue.fail(error);
  }
}
