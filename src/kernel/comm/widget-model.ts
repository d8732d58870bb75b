import { toWireError } from '../../errors';
import type { Comm, CommManager } from './comm-manager';
import type { Json } from './wire-message';

/** Synced state: plain data, or bytes at the top level. */
export type WidgetState = Record<string, Json | Uint8Array>;

/** Names of a widget's classes in the front end, and its first state. */
export interface WidgetModelOptions {
  readonly module: string;
  readonly moduleVersion: string;
  readonly modelName: string;
  readonly viewName: string;
  readonly state: WidgetState;
}

/** What a widget model needs of the kernel around it. */
export interface WidgetHost {
  readonly comms: CommManager;
  readonly widgets: WidgetRegister;
  /** Shows a mime bundle in the output of the cell that runs. */
  display(bundle: Record<string, Json>): void;
}

const protocol = { version: '2.1.0' };

const layoutState: WidgetState = {
  _model_module: '@jupyter-widgets/base',
  _model_module_version: '2.0.0',
  _model_name: 'LayoutModel',
  _view_module: '@jupyter-widgets/base',
  _view_module_version: '2.0.0',
  _view_name: 'LayoutView',
  _view_count: null,
};

type Listener<A extends readonly unknown[]> = (...args: A) => void;

/** The kernel's half of a Jupyter widget (widget messaging protocol 2.1). */
export class WidgetModel {
  readonly #host: WidgetHost;
  readonly #state: WidgetState;
  readonly #layout: Comm;
  readonly #comm: Comm;
  readonly #onMessage = new Set<Listener<[content: Json, buffers: readonly Uint8Array[]]>>();
  readonly #onChange = new Set<Listener<[patch: WidgetState]>>();
  #preview: { readonly text: string; readonly jpeg?: Uint8Array };

  constructor(host: WidgetHost, options: WidgetModelOptions) {
    this.#host = host;
    const { module, moduleVersion, modelName, viewName } = options;
    this.#preview = { text: `${modelName} of ${module}` };
    this.#layout = openModel(host, layoutState, () => undefined);
    this.#state = {
      _model_module: module,
      _model_module_version: moduleVersion,
      _model_name: modelName,
      _view_module: module,
      _view_module_version: moduleVersion,
      _view_name: viewName,
      _view_count: null,
      _dom_classes: [],
      layout: `IPY_MODEL_${this.#layout.id}`,
      tabbable: null,
      tooltip: null,
      ...options.state,
    };
    this.#comm = openModel(host, this.#state, (data, buffers) => this.#receive(data, buffers));
  }

  get modelId(): string {
    return this.#comm.id;
  }

  get state(): Readonly<WidgetState> {
    return this.#state;
  }

  /** Changes synced state, in the kernel and in every page, by one message. */
  set(patch: WidgetState): void {
    Object.assign(this.#state, patch);
    sendState(this.#comm, 'update', patch);
  }

  /** A message to every view, with bytes beside it; never kept. */
  send(content: Json, buffers: readonly Uint8Array[] = []): void {
    this.#comm.send({ method: 'custom', content }, { buffers });
  }

  /** Hears the views' own messages. */
  onMessage(listener: Listener<[content: Json, buffers: readonly Uint8Array[]]>): () => void {
    this.#onMessage.add(listener);
    return () => this.#onMessage.delete(listener);
  }

  /** Hears of synced state that a page wrote. */
  onChange(listener: Listener<[patch: WidgetState]>): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  /** What a reader without a kernel sees. */
  setPreview(preview: { readonly text: string; readonly jpeg?: Uint8Array }): void {
    this.#preview = preview;
  }

  mimeBundle(): Record<string, Json> {
    const { text, jpeg } = this.#preview;
    return {
      'text/plain': text,
      ...(jpeg ? { 'image/jpeg': Buffer.from(jpeg).toString('base64') } : {}),
      'application/vnd.jupyter.widget-view+json': {
        version_major: 2,
        version_minor: 0,
        model_id: this.modelId,
      },
    };
  }

  /** Shows the widget in the output of the cell that runs. */
  display(): void {
    this.#host.display(this.mimeBundle());
  }

  dispose(): void {
    for (const comm of [this.#comm, this.#layout]) {
      this.#host.widgets.remove(comm.id);
      comm.close();
    }
  }

  #receive(data: Readonly<Record<string, unknown>>, buffers: readonly Uint8Array[]): void {
    if (data['method'] === 'custom') {
      for (const listener of this.#onMessage) guarded(() => listener(data['content'] as Json, buffers));
    } else if (data['method'] === 'update') {
      const patch = { ...(data['state'] as WidgetState) };
      const paths = (data['buffer_paths'] ?? []) as string[][];
      paths.forEach((path, i) => (patch[path[0]!] = buffers[i]!));
      Object.assign(this.#state, patch);
      sendState(this.#comm, 'echo_update', patch);
      for (const listener of this.#onChange) guarded(() => listener(patch));
    }
  }
}

/** The models that a page which is loaded anew asks for. */
export class WidgetRegister {
  readonly #states = new Map<string, WidgetState>();

  add(id: string, state: WidgetState): void {
    this.#states.set(id, state);
  }

  remove(id: string): void {
    this.#states.delete(id);
  }

  /** Answers `request_states` on the control channel, which a page sends when it is loaded. */
  answerControl(comm: Comm, data: Readonly<Record<string, unknown>>): void {
    if (data['method'] !== 'request_states') return;
    const states: Record<string, unknown> = {};
    const buffer_paths: string[][] = [];
    const buffers: Uint8Array[] = [];
    for (const [id, whole] of this.#states) {
      const { state, paths, bytes } = takeBytes(whole);
      states[id] = {
        model_name: whole['_model_name'],
        model_module: whole['_model_module'],
        model_module_version: whole['_model_module_version'],
        state,
      };
      paths.forEach((path) => buffer_paths.push([id, 'state', ...path]));
      buffers.push(...bytes);
    }
    comm.send({ method: 'update_states', states, buffer_paths }, { buffers });
  }
}

type Receive = (data: Readonly<Record<string, unknown>>, buffers: readonly Uint8Array[]) => void;

function openModel(host: WidgetHost, whole: WidgetState, receive: Receive): Comm {
  const { state, paths, bytes } = takeBytes(whole);
  const message: Receive = (data, buffers) => {
    if (data['method'] === 'request_state') sendState(comm, 'update', whole);
    else receive(data, buffers);
  };
  const comm: Comm = host.comms.open(
    'jupyter.widget',
    { state, buffer_paths: paths },
    { message },
    { metadata: protocol, buffers: bytes },
  );
  host.widgets.add(comm.id, whole);
  return comm;
}

function sendState(comm: Comm, method: string, patch: WidgetState): void {
  const { state, paths, bytes } = takeBytes(patch);
  comm.send({ method, state, buffer_paths: paths }, { buffers: bytes });
}

/** Bytes travel beside the state, with the place they came from. */
function takeBytes(whole: WidgetState): {
  state: Record<string, Json>;
  paths: string[][];
  bytes: Uint8Array[];
} {
  const state: Record<string, Json> = {};
  const paths: string[][] = [];
  const bytes: Uint8Array[] = [];
  for (const [key, value] of Object.entries(whole)) {
    if (value instanceof Uint8Array) {
      paths.push([key]);
      bytes.push(value);
    } else state[key] = value;
  }
  return { state, paths, bytes };
}

/** A listener that fails must not take the kernel with it. */
function guarded(work: () => void): void {
  try {
    work();
  } catch (error) {
    console.error(toWireError(error).message);
  }
}
