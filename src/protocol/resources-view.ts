/** What a process takes. Null: this system does not tell. */
export interface ProcessView {
  /** Bytes of memory. */
  readonly memoryBytes: number | null;
  /** 0 to 1, of all cores together. */
  readonly processor: number | null;
}

/** What the work takes, from the notebook's process to the machine. Null is “not known here”, never nothing. */
export interface ResourcesView {
  /** The notebook's process, with document and cells. */
  readonly kernel: ProcessView;
  /** The engine's two processes: pictures for the eye, and the model. Null while one is not started. */
  readonly pictures: ProcessView | null;
  readonly model: ProcessView | null;
  readonly machine: ProcessView & { readonly totalBytes: number; readonly cores: number };
  /** Whoever uses it. Null where no driver tells of one. */
  readonly gpu: {
    readonly name: string;
    /** 0 to 1. */
    readonly load: number | null;
    readonly memoryBytes: number | null;
    readonly totalBytes: number | null;
  } | null;
  /** Bytes of embeddings: in memory, of those they may take there, and on the disk. Null until the model's process tells. */
  readonly caches: {
    readonly memoryBytes: number;
    readonly limitBytes: number;
    readonly diskBytes: number;
  } | null;
  /** Bytes of the session's folder; null while the work is in memory only. */
  readonly sessionBytes: number | null;
  /** The run under way; null while there is none. */
  readonly run: { readonly framesPerSecond: number | null; readonly secondsLeft: number | null } | null;
}
