import type {
  CanvasRequest,
  CoverageView,
  DocumentView,
  Forecast,
  PropagateRequest,
  RunDirection,
  RunView,
  VideoView,
  WaitingRun,
} from '../../protocol';
import type { RunScope } from '../commands';
import type { RequestSender } from '../link';

/** What runs need of the canvas. */
export interface RunPort {
  readonly request: RequestSender;
  document(): DocumentView;
  video(): VideoView;
  run(): RunView | null;
  /** Runs that wait, the next first. */
  waiting(): readonly WaitingRun[];
  coverage(): readonly CoverageView[];
  range(): readonly [number, number] | null;
  failed(error: Error): void;
  changed(): void;
}

/** The kernel is asked for a forecast when the choices have rested for this long, in milliseconds. */
const forecastRest = 250;

/** What to propagate, what it will cost, and the run itself. */
export class RunDesk {
  readonly #port: RunPort;
  #direction: RunDirection = 'forward';
  #scope: RunScope = 'all';
  #forecast: Forecast | null = null;
  #forecastFor = '';
  #timer: ReturnType<typeof setTimeout> | null = null;
  #starting = false;
  /** The run whose end was asked for. */
  #cancelled: string | null = null;
  #lastRun: string | null = null;
  #known: Basis | null = null;

  constructor(port: RunPort) {
    this.#port = port;
  }

  get direction(): RunDirection {
    return this.#direction;
  }

  set direction(direction: RunDirection) {
    this.#direction = direction;
    this.#port.changed();
  }

  /** Objects that are gone, or have lost their prompts, fall out of it. */
  get scope(): RunScope {
    if (this.#scope === 'all') return 'all';
    const able = this.#promptedObjects();
    const left = this.#scope.filter((id) => able.includes(id));
    return left.length === 0 || left.length === able.length ? 'all' : left;
  }

  set scope(scope: RunScope) {
    this.#scope = scope;
    this.#port.changed();
  }

  /** Null while it is being worked out, or where there is nothing to run. */
  get forecast(): Forecast | null {
    return this.#forecast;
  }

  /** Asked for, and not answered yet. */
  get starting(): boolean {
    return this.#starting;
  }

  get cancelling(): boolean {
    return this.#cancelled !== null && this.#port.run()?.id === this.#cancelled;
  }

  /** Why nothing can be propagated now; null when it can. While a run is under way another waits for its turn. */
  get obstacle(): string | null {
    if (this.#starting) return 'A run is about to start.';
    if (this.#promptedObjects().length === 0) return 'A run starts from prompts: click on an object.';
    if (this.#port.video().frameCount < 2) return 'There is only one frame.';
    return null;
  }

  /** True when the run that was asked for last is the one that would be asked for now, and still waits. */
  get waitsAlready(): boolean {
    const last = this.#port.waiting().at(-1);
    return last !== undefined && sameRun(last, this.#options());
  }

  /**
   * Starts a run with what is chosen; while another is under way it waits, or `replaces` that. Does nothing while there
   * is an obstacle, or where the same run waits already.
   */
  propagate(direction: RunDirection = this.#direction, replaces: boolean = false): void {
    if (this.obstacle !== null) return;
    this.#direction = direction;
    if (replaces || !this.waitsAlready) this.#start(this.#options(), replaces);
    else this.#port.changed();
  }

  /** Carries a correction of one object outward from its frame, as far as it makes a difference. */
  correct(objectId: string, frame: number): void {
    if (this.obstacle === null) this.#start({ direction: 'both', objectIds: [objectId], from: frame });
  }

  /** True while a check is under way or waits. */
  get checking(): boolean {
    return this.#port.run()?.checks === true || this.#port.waiting().some((one) => one.checks === true);
  }

  /** Checks the masks of an object, or of all (null), in the range where there is one. Does nothing while one checks. */
  check(objectId: string | null): void {
    if (this.#starting || this.checking) return;
    const range = this.#port.range();
    const options = {
      ...(objectId === null ? {} : { objectIds: [objectId] }),
      ...(range ? { range } : {}),
    };
    this.#send({ kind: 'check', options });
  }

  /** Takes a run that waits out of the queue. */
  drop(runId: string): void {
    this.#ask({ kind: 'cancel', runId });
  }

  /** Lets a run that waits begin in the place of the one under way, which keeps what it has done. */
  startNow(runId: string): void {
    this.#ask({ kind: 'start-now', runId });
  }

  #ask(body: { readonly kind: 'cancel' | 'start-now'; readonly runId: string }): void {
    this.#port.request(body).catch((error: unknown) => this.#port.failed(error as Error));
  }

  #start(options: PropagateRequest, replaces: boolean = false): void {
    const waiting = this.#port.waiting().at(-1);
    if (!replaces && waiting && sameRun(waiting, options)) return;
    this.#send({ kind: 'propagate', options, ...(replaces ? { when: 'replace' as const } : {}) });
  }

  #send(body: Extract<CanvasRequest, { readonly kind: 'propagate' | 'check' }>): void {
    this.#starting = true;
    this.#port.changed();
    this.#port
      .request(body)
      .catch((error: unknown) => this.#port.failed(error as Error))
      .finally(() => {
        this.#starting = false;
        this.#port.changed();
      });
  }

  /** Ends the run under way; what is done stays, and the next that waits begins. */
  cancel(): void {
    const run = this.#port.run();
    if (run === null || this.cancelling) return;
    this.#cancelled = run.id;
    this.#port.changed();
    // By its name: the run that waits may have begun before this arrives.
    this.#port.request({ kind: 'cancel', runId: run.id }).catch((error: unknown) => {
      this.#cancelled = null;
      // One that has ended meanwhile needs no cancelling.
      if (this.#port.run()?.id === run.id) this.#port.failed(error as Error);
    });
  }

  /** Call after every change: asks for a new forecast when what it depends on has changed. */
  refresh(): void {
    const run = this.#port.run();
    if (run?.id !== this.#cancelled) this.#cancelled = null;
    if (run) this.#lastRun = run.id;
    if (run !== null || this.obstacle !== null) return this.#dropForecast();
    const wanted = this.#forecastKey();
    if (wanted === this.#forecastFor) return;
    this.#forecastFor = wanted;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#askForecast(wanted), forecastRest);
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #dropForecast(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#forecastFor = '';
    this.#forecast = null;
  }

  async #askForecast(wanted: string): Promise<void> {
    try {
      const { value } = await this.#port.request({ kind: 'forecast', options: this.#options() });
      if (wanted === this.#forecastFor) this.#forecast = value;
    } catch {
      // Without a forecast a run still works; what stops it is said when it starts.
      if (wanted === this.#forecastFor) this.#forecast = null;
    }
    this.#port.changed();
  }

  #options(): PropagateRequest {
    const range = this.#port.range();
    const scope = this.scope;
    return {
      direction: this.#direction,
      ...(scope === 'all' ? {} : { objectIds: scope }),
      ...(range ? { range } : {}),
    };
  }

  #forecastKey(): string {
    const basis = this.#basis();
    basis.words ??= forecastBasis(basis.prompts, basis.coverage);
    return `${JSON.stringify(this.#options())} ${this.#lastRun ?? ''} ${basis.words}`;
  }

  #promptedObjects(): readonly string[] {
    const basis = this.#basis();
    return (basis.objectIds ??= [...new Set(basis.prompts.map((one) => one.objectId))]);
  }

  /** What follows from prompts and masks, worked out once for each document: this is asked for with every frame. */
  #basis(): Basis {
    const { prompts } = this.#port.document();
    const coverage = this.#port.coverage();
    if (this.#known?.prompts !== prompts || this.#known.coverage !== coverage)
      this.#known = { prompts, coverage, words: null, objectIds: null };
    return this.#known;
  }
}

interface Basis {
  readonly prompts: DocumentView['prompts'];
  readonly coverage: readonly CoverageView[];
  words: string | null;
  objectIds: readonly string[] | null;
}

/** What of prompts and masks a forecast depends on: a prompt counts once its mask is there. */
function forecastBasis(prompts: Basis['prompts'], coverage: Basis['coverage']): string {
  const places = new Set(prompts.map((one) => `${one.objectId}@${one.frame}`));
  const answered = coverage.map(({ objectId, runs }) => [
    objectId,
    runs.filter((one) => one.kind === 'prompted'),
  ]);
  return JSON.stringify([[...places].sort(), answered]);
}

/** True for a run that waits and was asked for with these options. */
function sameRun(waiting: WaitingRun, options: PropagateRequest): boolean {
  const { direction, objectIds = null, range = null, from = null } = options;
  const [a, b] = [waiting.objectIds, objectIds].map((ids) => JSON.stringify(ids && [...ids].sort()));
  return (
    waiting.checks !== true &&
    waiting.direction === direction &&
    a === b &&
    JSON.stringify(waiting.range) === JSON.stringify(range) &&
    waiting.from === from
  );
}
