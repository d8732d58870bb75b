import { existsSync, readFileSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { parseLoggedEdit } from '../../annotation';
import type { AnnotationDocument, Edit, History } from '../../annotation';
import { AppendFile } from './append-file';
import { writeFailure } from './write-failure';

/** One line of the log. Everything but the edits is for people and for replay. */
export type LogEntry =
  | { readonly step: string; readonly label: string; readonly edit: Edit }
  | { readonly undo: string }
  | { readonly redo: string }
  /** A gesture that was given up: undone, and not to be redone. */
  | { readonly drop: string }
  /** A run that came to its end, or was cancelled. */
  | { readonly ended: string; readonly frames: number; readonly masks: number; readonly cancelled: boolean };

/** A line as it lies in the file. */
export type LogLine = { readonly n: number; readonly at: string } & LogEntry;

const line = v.union([
  v.looseObject({ n: v.number(), at: v.string(), step: v.string(), label: v.string(), edit: v.unknown() }),
  v.looseObject({ n: v.number(), at: v.string(), undo: v.string() }),
  v.looseObject({ n: v.number(), at: v.string(), redo: v.string() }),
  v.looseObject({ n: v.number(), at: v.string(), drop: v.string() }),
  v.looseObject({
    n: v.number(),
    at: v.string(),
    ended: v.string(),
    frames: v.number(),
    masks: v.number(),
    cancelled: v.boolean(),
  }),
]);

/** What was read of a log: whole lines, and what follows the last of them. */
export interface ReadLog {
  readonly lines: readonly LogLine[];
  /** Where each line ends, in bytes from the file's beginning. */
  readonly ends: readonly number[];
  /** True when something follows the last of them. */
  readonly rest: boolean;
}

/** A longer line is none that an edit would write: the longest text that there can be is near. */
const longestLine = 2 ** 28;

/**
 * Reads a log from a byte on; its lines count up from `next`. Stops at the first line that cannot be read: what
 * follows it cannot be trusted to build on it.
 */
export function readLog(path: string, from = 0, next = 1): ReadLog {
  if (!existsSync(path) || statSync(path).size <= from) return { lines: [], ends: [], rest: false };
  const bytes = readFileSync(path).subarray(from);
  const lines: LogLine[] = [];
  const ends: number[] = [];
  let begin = 0;
  while (begin < bytes.length) {
    const end = bytes.indexOf(10, begin);
    const whole = end >= 0 && end - begin <= longestLine;
    const read = whole ? parseLine(bytes.toString('utf8', begin, end), next + lines.length) : null;
    if (!read) return { lines, ends, rest: true };
    lines.push(read);
    begin = end + 1;
    ends.push(from + begin);
  }
  return { lines, ends, rest: false };
}

function parseLine(text: string, n: number): LogLine | null {
  try {
    const result = v.safeParse(line, JSON.parse(text));
    if (!result.success || result.output.n !== n) return null;
    if ('edit' in result.output) parseLoggedEdit(result.output.edit);
    return result.output as unknown as LogLine;
  } catch {
    return null;
  }
}

/** Does again what a line says. Throws an EditError when it does not fit. */
export function applyLine(entry: LogEntry, document: AnnotationDocument, history: History): void {
  if ('edit' in entry) {
    history.record({ id: entry.step, label: entry.label }, document.restore(entry.edit));
  } else if ('undo' in entry || 'drop' in entry) {
    history.undo(document);
    if ('drop' in entry) history.dropRedo();
  } else if ('redo' in entry) history.redo(document);
}

/** The append-only log of a session: one JSON object a line, numbered. */
export class SessionLog {
  readonly #file: AppendFile;
  readonly #now: () => Date;
  #lines: number;

  /** Continues a log that was read, after its last whole line. */
  constructor(path: string, read: { readonly bytes: number; readonly lines: number }, now: () => Date) {
    this.#file = new AppendFile(path);
    this.#now = now;
    this.#lines = read.lines;
    if (this.#file.size > read.bytes) this.#file.cut(read.bytes);
  }

  get bytes(): number {
    return this.#file.size;
  }

  get lines(): number {
    return this.#lines;
  }

  /** Writes an entry down. Throws a SessionError, with nothing written, when the system refuses. */
  append(entry: LogEntry): void {
    const text = JSON.stringify({ n: this.#lines + 1, at: this.#now().toISOString(), ...entry });
    try {
      this.#file.append(Buffer.from(`${text}\n`));
    } catch (error) {
      throw writeFailure(
        error,
        this.#file.path,
        'What you did last was not made; everything before it is kept.',
      );
    }
    this.#lines++;
  }

  sync(): Promise<void> {
    return this.#file.sync();
  }

  close(): void {
    this.#file.close();
  }
}
