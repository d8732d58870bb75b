import { AnnotationDocument, outdatedRanges } from '../../src/annotation';
import type { Edit, PromptRecord, TrackEntry } from '../../src/annotation';
import { KernelError } from '../../src/errors';
import { applyStroke, createBitmap, decodeRunLength, emptyRunLength, encodeRunLength } from '../../src/mask';
import type { RunLength } from '../../src/mask';
import { emptyReview, startPlace } from '../../src/protocol';
import type {
  CanvasRequest,
  EngineView,
  MasksChanged,
  ModelsView,
  NoticeView,
  OfferedView,
  OpeningView,
  PlaceView,
  RequestKind,
  ResourcesView,
  RunView,
  VideoView,
  WaitingRun,
  WidgetState,
} from '../../src/protocol';
import type { Connection, KernelAnswer, KernelLink, RequestOf } from '../../src/widget/link';
import { SignalOf } from '../../src/widget/link';
import { reworkEdits } from './widget-fake-rework';

/** The embedded model in some state. */
export function engineView(state: EngineView['state']): EngineView {
  const providers = ['webgpu', 'cpu'];
  return {
    state,
    model: 'MobileSAM',
    provider: 'CPU',
    name: 'mobilesam',
    choice: 'auto',
    fast: false,
    threads: 8,
    cacheMiB: 512,
    providers,
    notes: [],
  };
}

/** What a fake kernel draws and computes. */
export interface FakeScene {
  readonly video: VideoView;
  /** An encoded picture of a frame. */
  picture(frame: number, width: number): Promise<{ bytes: DataView; type: string; height: number }>;
  /** The mask that the model would give for prompts on a frame; null for nothing there. */
  segment(prompts: readonly PromptRecord[], frame: number): RunLength | null;
  /** The mask of an object on a frame that a run has reached. */
  track(objectId: string, prompts: readonly PromptRecord[], frame: number): RunLength | null;
}

const mib = 1024 * 1024;

/**
 * A kernel in the page: a real document, changed by real edits, with a made-up model behind it. Requests are kept
 * in `requests`; `hold` keeps answers back until `release`.
 */
export class FakeKernel implements KernelLink {
  readonly requests: CanvasRequest[] = [];
  formats = [
    {
      name: 'davis',
      title: 'Indexed PNG (DAVIS)',
      keeps: 'A picture a frame, a colour an object. Names are lost.',
    },
    { name: 'coco', title: 'COCO video JSON, run lengths', keeps: 'One file. Features are lost.' },
    { name: 'csv', title: 'Tables (CSV)', keeps: 'Six tables. The masks themselves are not in it.' },
  ];
  resources: ResourcesView = {
    kernel: { memoryBytes: 412 * mib, processor: 0.04 },
    pictures: { memoryBytes: 188 * mib, processor: 0.01 },
    model: { memoryBytes: 1341 * mib, processor: 0.38 },
    machine: { memoryBytes: 10035 * mib, processor: 0.46, totalBytes: 32768 * mib, cores: 8 },
    gpu: null,
    caches: { memoryBytes: 312 * mib, limitBytes: 512 * mib, diskBytes: 0 },
    sessionBytes: 7 * mib,
    run: null,
  };
  readonly document: AnnotationDocument;
  readonly #scene: FakeScene;
  /** Masks by object and frame, worked out when they are asked for. */
  readonly #masks = new Map<string, Map<number, () => RunLength>>();
  readonly #states = new SignalOf<void>();
  readonly #changes = new SignalOf<MasksChanged>();
  readonly #connections = new SignalOf<void>();
  #held: (() => void)[] | null = null;
  #refusal: Error | null = null;
  #opens: Promise<void> = Promise.resolve();
  #records: Pick<WidgetState, 'document' | 'coverage'> | null = null;
  #made = 0;
  #connection: Connection = 'live';
  #parts: Omit<WidgetState, 'video' | 'document' | 'coverage'> = {
    run: null,
    waitingRuns: [],
    evaluation: null,
    review: emptyReview,
    engine: engineView('ready'),
    models: { entries: [], adding: null },
    notice: null,
    exporting: null,
    place: startPlace,
    waiting: false,
    history: { undo: null, redo: null },
    saving: 'Saved in balloons.masklet',
    readOnly: null,
    takeOver: null,
    opening: null,
    work: 'work-0',
  };
  /** Pixels of an object's mask on a frame, as its track has them. */
  areaOf = (objectId: string, frame: number): number =>
    this.document.track(objectId).entryAt(frame)?.area ?? 0;
  offered: OfferedView = { folder: '/home/ada/field work', recent: [], samples: [] };

  constructor(scene: FakeScene) {
    this.#scene = scene;
    this.document = new AnnotationDocument(scene.video);
  }

  state(): WidgetState {
    return {
      video: this.#scene.video,
      ...this.#documentState(),
      ...this.#parts,
    };
  }

  onState(listener: () => void): () => void {
    return this.#states.subscribe(listener);
  }

  onMasksChanged(listener: (change: MasksChanged) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  get connection(): Connection {
    return this.#connection;
  }

  onConnection(listener: () => void): () => void {
    return this.#connections.subscribe(listener);
  }

  setPlace(place: PlaceView): void {
    this.set({ place });
  }

  /** Changes parts of the state, as a cell or the engine would. */
  set(parts: {
    run?: RunView | null;
    waitingRuns?: readonly WaitingRun[];
    engine?: EngineView;
    models?: ModelsView;
    notice?: NoticeView | null;
    exporting?: WidgetState['exporting'];
    place?: PlaceView;
    review?: WidgetState['review'];
    waiting?: boolean;
    history?: WidgetState['history'];
    readOnly?: string | null;
    takeOver?: string | null;
    opening?: OpeningView | null;
    work?: string;
    saving?: string;
  }): void {
    this.#parts = { ...this.#parts, ...parts };
    this.#states.emit();
  }

  connect(connection: Connection): void {
    this.#connection = connection;
    this.#connections.emit();
  }

  /** Applies an edit as a cell would. */
  edit(edit: Edit): number {
    const { version } = this.document.apply(edit);
    this.#segment(edit);
    this.#states.emit();
    return version;
  }

  /** Fills frames with masks, as a run would. */
  propagate(objectId: string, first: number, last: number): void {
    for (let frame = first; frame <= last; frame++) this.#setMask(objectId, frame, 'propagated');
    this.#states.emit();
    this.#changes.emit({ kind: 'masks-changed', objectIds: [objectId], first, last });
  }

  /** What is opened waits for this, and fails where it fails. */
  opens(until: Promise<void>): void {
    until.catch(() => undefined);
    this.#opens = until;
  }

  /** Answers every request with this error, until it is null. */
  refuse(error: Error | null): void {
    this.#refusal = error;
  }

  /** Keeps answers back. */
  hold(): void {
    this.#held ??= [];
  }

  /** Lets the answers out that were kept back. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    held.forEach((answer) => answer());
  }

  readonly request = async <K extends RequestKind>(body: RequestOf<K>): Promise<KernelAnswer<K>> => {
    this.requests.push(body);
    if (this.#held) await new Promise<void>((resolve) => this.#held!.push(resolve));
    if (this.#refusal) throw this.#refusal;
    if (this.#connection === 'gone') throw new KernelError('The kernel is gone. Nothing was changed.');
    return (await this.#answer(body)) as KernelAnswer<K>;
  };

  async #answer(body: CanvasRequest): Promise<{ value: unknown; buffers: DataView[] }> {
    switch (body.kind) {
      case 'picture': {
        const { bytes, type, height } = await this.#scene.picture(body.frame, body.maxWidth);
        return { value: { frame: body.frame, width: body.maxWidth, height, type }, buffers: [bytes] };
      }
      case 'masks':
        return this.#answerMasks(body.frame);
      case 'edit':
        return { value: { version: this.edit(body.edit) }, buffers: [] };
      case 'forecast':
        return { value: this.#forecast(body.options.objectIds?.length), buffers: [] };
      case 'areas':
        return { value: { areas: this.#areas(body) }, buffers: [] };
      case 'propagate':
      case 'check':
        return { value: { runId: 'run-1' }, buffers: [] };
      case 'draw':
        return { value: this.#draw(body), buffers: [] };
      case 'preview':
        return this.#preview(body);
      case 'rework': {
        const { edits, objectId } = reworkEdits(this.document, body.work, () => `made-${++this.#made}`);
        edits.forEach((edit) => this.edit(edit));
        return { value: { version: this.document.version, objectId }, buffers: [] };
      }
      case 'undo':
      case 'redo':
        return { value: { step: null }, buffers: [] };
      case 'formats':
        return { value: { formats: this.formats }, buffers: [] };
      case 'export':
        return { value: { folder: `/work/${body.folder}`, files: 3 }, buffers: [] };
      case 'save-as':
        return { value: { path: `/work/${body.path}.masklet` }, buffers: [] };
      case 'resources':
        return { value: this.resources, buffers: [] };
      case 'offered':
        return { value: this.offered, buffers: [] };
      case 'glimpse': {
        const { bytes, type, height } = await this.#scene.picture(0, body.maxWidth);
        return { value: { width: body.maxWidth, height, type }, buffers: [bytes] };
      }
      case 'open':
        await this.#opens;
        this.set({ opening: null, work: `work-${++this.#made}` });
        return { value: { path: '/home/ada/field work/birds.masklet' }, buffers: [] };
      case 'forget': {
        const recent = this.offered.recent.filter((one) => one.path !== body.path);
        this.offered = { ...this.offered, recent };
        return { value: {}, buffers: [] };
      }
      case 'close':
        this.set({ opening: { left: 'birds.masklet is closed. Everything in it is kept.' }, work: '' });
        return { value: {}, buffers: [] };
      case 'start-over':
      case 'cancel-export':
      case 'abandon':
      case 'use-model':
      case 'add-model':
      case 'stop-adding':
      case 'cancel':
      case 'start-now':
      case 'done':
        return { value: {}, buffers: [] };
    }
  }

  #areas({ objectId, range: [first, last] }: RequestOf<'areas'>): number[] {
    return Array.from({ length: last - first + 1 }, (_, i) => this.areaOf(objectId, first + i));
  }

  #answerMasks(frame: number): { value: unknown; buffers: DataView[] } {
    const { width, height } = this.#scene.video;
    const found = [...this.#masks].flatMap(([id, masks]) => {
      const mask = masks.get(frame);
      return mask ? [[id, mask()] as const] : [];
    });
    return {
      value: { frame, version: this.document.version, width, height, objectIds: found.map(([id]) => id) },
      buffers: found.map(([, mask]) => new DataView(mask.counts.slice().buffer)),
    };
  }

  #draw({ objectId, frame, stroke, adds }: RequestOf<'draw'>): { version: number; pixels: number } {
    const { width, height } = this.#scene.video;
    const before = this.#masks.get(objectId)?.get(frame)?.();
    const bitmap = before ? decodeRunLength(before) : createBitmap(width, height);
    const pixels = applyStroke(bitmap, stroke, adds);
    const mask = encodeRunLength(bitmap);
    const prompt = {
      id: `drawn-${this.document.version}`,
      objectId,
      frame,
      kind: 'mask',
      mask: 'm',
    } as const;
    const removes = this.document.promptsAt(objectId, frame);
    removes.forEach(({ id }) => this.document.apply({ kind: 'remove-prompt', promptId: id }));
    const version = this.edit({ kind: 'add-prompt', prompt });
    this.#masks.get(objectId)!.set(frame, () => mask);
    return { version, pixels };
  }

  #preview(body: RequestOf<'preview'>): { value: unknown; buffers: DataView[] } {
    const { objectId, frame } = body;
    const { width, height } = this.#scene.video;
    const there = objectId === null ? [] : this.document.promptsAt(objectId, frame);
    const candidate = { ...body, id: 'preview', objectId: objectId ?? '', kind: 'point' } as const;
    const mask = this.#scene.segment([...there, candidate], frame) ?? emptyRunLength(width, height);
    return { value: { width, height }, buffers: [new DataView(mask.counts.slice().buffer)] };
  }

  #forecast(chosen: number | undefined): object {
    const prompted = new Set(this.document.prompts.map((one) => one.objectId)).size;
    const frames = this.#scene.video.frameCount - 1;
    const objects = chosen ?? prompted;
    const seconds = frames * objects * 0.3;
    return { frames, objects, seconds, text: `${frames} frames, ${objects} objects, about ${seconds} s` };
  }

  #segment(edit: Edit): void {
    if (edit.kind === 'together') return edit.edits.forEach((one) => this.#segment(one));
    if (edit.kind === 'remove-object') this.#masks.delete(edit.objectId);
    if (edit.kind !== 'add-prompt' && edit.kind !== 'change-prompt') return;
    const { objectId, frame } = edit.prompt;
    this.#setMask(objectId, frame, 'prompted');
    queueMicrotask(() =>
      this.#changes.emit({ kind: 'masks-changed', objectIds: [objectId], first: frame, last: frame }),
    );
  }

  #setMask(objectId: string, frame: number, kind: 'prompted' | 'propagated'): void {
    const prompts = this.document.promptsAt(objectId, frame);
    const all = this.document.prompts.filter((one) => one.objectId === objectId);
    const { width, height } = this.#scene.video;
    const find = (): RunLength =>
      (kind === 'prompted' ? this.#scene.segment(prompts, frame) : this.#scene.track(objectId, all, frame)) ??
      emptyRunLength(width, height);
    const masks = this.#masks.get(objectId) ?? new Map<number, () => RunLength>();
    this.#masks.set(objectId, masks.set(frame, find));
    const before = this.document.track(objectId).entryAt(frame);
    const entry: TrackEntry = {
      mask: `${objectId}-${frame}`,
      source:
        kind === 'prompted'
          ? { kind, of: '', ...(before?.source.kind === 'propagated' ? { before } : {}) }
          : { kind, run: 'run-1', distance: 1 },
      area: 1,
    };
    if (kind === 'propagated' && prompts.length > 0) return;
    this.document.apply({ kind: 'set-track', objectId, changes: [{ frame, entry }] });
  }

  /** The same objects until the document changes, as the widget model's are. */
  #documentState(): Pick<WidgetState, 'document' | 'coverage'> {
    if (this.#records?.document.version === this.document.version) return this.#records;
    const coverage = this.document.objects.map(({ id }) => ({
      objectId: id,
      runs: this.document.coverage(id),
      outdated: outdatedRanges(this.document, id),
    }));
    return (this.#records = { document: this.document.records(), coverage });
  }
}

/** A disc as run lengths, in stored pixels. */
export function discMask(
  size: { width: number; height: number },
  x: number,
  y: number,
  radius: number,
): RunLength {
  const data = new Uint8Array(size.width * size.height);
  for (let row = 0; row < size.height; row++)
    for (let column = 0; column < size.width; column++)
      if ((column - x) ** 2 + (row - y) ** 2 <= radius ** 2) data[row * size.width + column] = 1;
  return encodeRunLength({ ...size, data });
}
