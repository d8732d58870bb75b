import { startState } from '../../protocol';
import type { KernelMessage, MasksChanged, PlaceView, WidgetState } from '../../protocol';
import { RequestChannel, SignalOf, randomId } from '../link';
import type { Connection, KernelAnswer, KernelLink, RequestOf, Unsubscribe } from '../link';
import type { RequestKind } from '../../protocol';

/** What is used of a widget model of Jupyter (a Backbone model); a test can stand in for it. */
export interface SyncedModel {
  readonly comm_live: boolean;
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
  save_changes(): void;
  send(content: object, callbacks?: object, buffers?: ArrayBuffer[]): void;
  on(events: string, listener: (...values: never[]) => void): unknown;
  off(events: string, listener: (...values: never[]) => void): unknown;
}

/** The kernel's own state where the page can see it: `restarting`, `dead` … */
export interface KernelWatch {
  isGone(): boolean;
  /** The page has lost the way to it, and tries again. */
  isLost(): boolean;
  onChange(listener: () => void): Unsubscribe;
}

/** The keys of the synced state: those that have a default. */
export const stateKeys: readonly (keyof WidgetState)[] = Object.keys(startState) as (keyof WidgetState)[];

const goneSentence = 'The kernel is gone. Nothing was changed.';

/** One view's link to the kernel, over the model that all views share. */
export class ModelLink implements KernelLink {
  readonly #model: SyncedModel;
  readonly #watch: KernelWatch;
  readonly #channel: RequestChannel;
  readonly #states = new SignalOf<void>();
  readonly #masks = new SignalOf<MasksChanged>();
  readonly #connections = new SignalOf<void>();
  readonly #off: Unsubscribe[] = [];
  #connection: Connection = 'live';

  constructor(model: SyncedModel, watch: KernelWatch) {
    this.#model = model;
    this.#watch = watch;
    this.#channel = new RequestChannel(randomId(), (message) => model.send(message));
    this.#listen('change', () => this.#states.emit());
    this.#listen('msg:custom', (content: KernelMessage, buffers: DataView[]) =>
      this.#receive(content, buffers),
    );
    const connection = (): void => this.#updateConnection();
    this.#listen('comm_live_update comm:close', connection);
    this.#off.push(watch.onChange(connection), this.#channel.onSlow(connection));
    this.#updateConnection();
  }

  get connection(): Connection {
    return this.#connection;
  }

  state(): WidgetState {
    return Object.fromEntries(stateKeys.map((key) => [key, this.#model.get(key)])) as unknown as WidgetState;
  }

  onState(listener: () => void): Unsubscribe {
    return this.#states.subscribe(listener);
  }

  onMasksChanged(listener: (change: MasksChanged) => void): Unsubscribe {
    return this.#masks.subscribe(listener);
  }

  onConnection(listener: () => void): Unsubscribe {
    return this.#connections.subscribe(listener);
  }

  /**
   * Shown at once in every view of this page. Each change is saved at once too: the model itself holds back what
   * comes too fast, and only so does it know which echoes of the kernel are older than what is shown.
   */
  setPlace(place: PlaceView): void {
    this.#model.set('place', place);
    if (this.#connection !== 'gone') this.#model.save_changes();
  }

  readonly request = <K extends RequestKind>(body: RequestOf<K>): Promise<KernelAnswer<K>> =>
    this.#channel.request(body);

  dispose(): void {
    this.#off.forEach((off) => off());
    this.#channel.close('This view was closed.');
  }

  #listen(events: string, listener: (...values: never[]) => void): void {
    this.#model.on(events, listener);
    this.#off.push(() => this.#model.off(events, listener));
  }

  #receive(message: KernelMessage, buffers: readonly DataView[]): void {
    if (message.kind === 'answer') this.#channel.receive(message, buffers);
    else this.#masks.emit(message);
  }

  #updateConnection(): void {
    const gone = !this.#model.comm_live || this.#watch.isGone();
    const waits: Connection = this.#watch.isLost() ? 'lost' : this.#channel.slow ? 'slow' : 'live';
    const now = gone ? 'gone' : waits;
    if (now === this.#connection) return;
    this.#connection = now;
    if (gone) this.#channel.close(goneSentence);
    else this.#channel.reopen();
    this.#connections.emit();
  }
}
