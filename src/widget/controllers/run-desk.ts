import type {
  CoverageView,
  DocumentView,
  Forecast,
  PropagateRequest,
  RunDirection,
  RunView,
  VideoView,
} from '../../protocol';
import type { RunScope } from '../commands';
import type { RequestSender } from '../link';

/** What runs need of the canvas. */
export interface RunPort {
  readonly request: RequestSender;
  document(): DocumentView;
  video(): VideoView;
  run(): RunView | null;
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
  #cancelling = false;
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
    return this.#cancelling && this.#port.run() !== null;
  }

  /** Why nothing can be propagated now; null when it can. */
  get obstacle(): string | null {
    if (this.#port.run() !== null || this.#starting) return 'A run is under way.';
    if (this.#promptedObjects().length === 0) return 'A run starts from prompts: click on an object.';
    if (this.#port.video().frameCount < 2) return 'There is only one frame.';
    return null;
  }

  /** Starts a run with what is chosen. Does nothing while there is an obstacle. */
  propagate(direction: RunDirection = this.#direction): void {
    if (this.obstacle !== null) return;
    this.#direction = direction;
    this.#start(this.#options());
  }

  /** Carries a correction of one object outward from its frame, as far as it makes a difference. */
  correct(objectId: string, frame: number): void {
    if (this.obstacle === null) this.#start({ direction: 'both', objectIds: [objectId], from: frame });
  }

  #start(options: PropagateRequest): void {
    this.#starting = true;
    this.#cancelling = false;
    this.#port.changed();
    this.#port
      .request({ kind: 'propagate', options })
      .catch((error: unknown) => this.#port.failed(error as Error))
      .finally(() => {
        this.#starting = false;
        this.#port.changed();
      });
  }

  /** Ends the run under way; what is done stays. */
  cancel(): void {
    if (this.#port.run() === null || this.cancelling) return;
    this.#cancelling = true;
    this.#port.changed();
    this.#port.request({ kind: 'cancel' }).catch((error: unknown) => {
      this.#cancelling = false;
      this.#port.failed(error as Error);
    });
  }

  /** Call after every change: asks for a new forecast when what it depends on has changed. */
  refresh(): void {
    const run = this.#port.run();
    if (run) this.#lastRun = run.id;
    else this.#cancelling = false;
    if (this.obstacle !== null) return this.#dropForecast();
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
