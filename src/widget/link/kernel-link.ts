import type {
  Answers,
  CanvasRequest,
  MasksChanged,
  PlaceView,
  RequestKind,
  WidgetState,
} from '../../protocol';

/** Takes a listener off again. */
export type Unsubscribe = () => void;

/** A kernel's answer: its value and the binary buffers that came with it. */
export interface KernelAnswer<K extends RequestKind> {
  readonly value: Answers[K];
  readonly buffers: readonly DataView[];
}

/** A request of one kind. */
export type RequestOf<K extends RequestKind> = Extract<CanvasRequest, { readonly kind: K }>;

/**
 * `slow`: something asked for a while ago has not been answered. `lost`: the page does not reach the kernel, and tries
 * again; what is asked for waits. `gone`: nothing will be answered.
 */
export type Connection = 'live' | 'slow' | 'lost' | 'gone';

/** Sends one request. Rejects with the kernel's own error, or a KernelError when the kernel is gone. */
export type RequestSender = <K extends RequestKind>(body: RequestOf<K>) => Promise<KernelAnswer<K>>;

/** All the canvas knows of the kernel. A page without Jupyter can stand in for it. */
export interface KernelLink {
  state(): WidgetState;
  /** Called after each change of the state, whoever made it. */
  onState(listener: () => void): Unsubscribe;
  /** Says where the user is; every view of the model follows. */
  setPlace(place: PlaceView): void;
  readonly request: RequestSender;
  onMasksChanged(listener: (change: MasksChanged) => void): Unsubscribe;
  readonly connection: Connection;
  onConnection(listener: () => void): Unsubscribe;
}
