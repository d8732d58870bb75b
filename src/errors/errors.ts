/** What an error carries besides its sentence: plain values, so that it can cross a process boundary. */
export type ErrorFields = Readonly<Record<string, string | number | boolean | null>>;

/** The layers that report errors. */
export type ErrorTag = 'video' | 'model' | 'engine' | 'edit' | 'format' | 'session' | 'kernel' | 'command';

/** An error as it crosses a wire. */
export interface WireError {
  readonly tag: ErrorTag | 'bug';
  readonly message: string;
  readonly fields: ErrorFields;
}

/**
 * The base of every error that a user may see. Its message is a sentence (or three): what is wrong, what was
 * kept, what to do.
 */
export class MaskletError extends Error {
  readonly tag: ErrorTag;
  readonly fields: ErrorFields;

  constructor(tag: ErrorTag, message: string, fields: ErrorFields = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'MaskletError';
    this.tag = tag;
    this.fields = fields;
  }
}

/** A video that cannot be opened or read. `fields.path` names it; `fields.code` says why in one word. */
export class VideoError extends MaskletError {
  constructor(message: string, fields: ErrorFields = {}, cause?: unknown) {
    super('video', message, fields, cause);
    this.name = 'VideoError';
  }
}

/** A model that is missing, damaged, or asked for what it cannot do. */
export class ModelError extends MaskletError {
  constructor(message: string, fields: ErrorFields = {}, cause?: unknown) {
    super('model', message, fields, cause);
    this.name = 'ModelError';
  }
}

/** The engine process: died, was killed, or is busy. */
export class EngineError extends MaskletError {
  constructor(message: string, fields: ErrorFields = {}, cause?: unknown) {
    super('engine', message, fields, cause);
    this.name = 'EngineError';
  }
}

/** An edit that does not fit the document: unknown object, point outside the picture. */
export class EditError extends MaskletError {
  constructor(message: string, fields: ErrorFields = {}, cause?: unknown) {
    super('edit', message, fields, cause);
    this.name = 'EditError';
  }
}

/** A file of an export or import format that cannot be written or read. */
export class FormatError extends MaskletError {
  constructor(message: string, fields: ErrorFields = {}, cause?: unknown) {
    super('format', message, fields, cause);
    this.name = 'FormatError';
  }
}

/** A request that the session refuses: nothing to propagate from, a run already under way. */
export class SessionError extends MaskletError {
  constructor(message: string, fields: ErrorFields = {}, cause?: unknown) {
    super('session', message, fields, cause);
    this.name = 'SessionError';
  }
}

/** The Jupyter side: not inside a kernel, a kernel that cannot carry a widget. */
export class KernelError extends MaskletError {
  constructor(message: string, fields: ErrorFields = {}, cause?: unknown) {
    super('kernel', message, fields, cause);
    this.name = 'KernelError';
  }
}

/** A command line that does not say what to do, or a file on it that cannot be used. */
export class CommandError extends MaskletError {
  constructor(message: string, fields: ErrorFields = {}, cause?: unknown) {
    super('command', message, fields, cause);
    this.name = 'CommandError';
  }
}

/** True for an error whose message is meant for the user. */
export function isMaskletError(value: unknown): value is MaskletError {
  return value instanceof Error && 'tag' in value && 'fields' in value;
}

/** An error as plain data. Anything that is not a {@link MaskletError} is marked as a bug of ours. */
export function toWireError(error: unknown): WireError {
  if (isMaskletError(error)) return { tag: error.tag, message: error.message, fields: error.fields };
  if (error instanceof Error)
    return { tag: 'bug', message: error.message, fields: { stack: error.stack ?? '' } };
  return { tag: 'bug', message: String(error), fields: {} };
}

const classes = {
  video: VideoError,
  model: ModelError,
  engine: EngineError,
  edit: EditError,
  format: FormatError,
  session: SessionError,
  kernel: KernelError,
  command: CommandError,
} as const;

/** The error that {@link toWireError} took apart. */
export function fromWireError(wire: WireError): Error {
  if (wire.tag === 'bug') return new Error(wire.message);
  return new classes[wire.tag](wire.message, wire.fields);
}
