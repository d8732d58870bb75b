import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parseLoggedEdit } from '../../annotation';
import type { KeptHistory, SavedDocument } from '../../annotation';
import { schemaWords, SessionError } from '../../errors';
import { migrate } from './migrate';

/** Which video a session is of: where it lies, which of its frames are used, and how it is known again. */
export interface SavedVideo {
  /** Relative to the session's folder, with `/`; `sample:NAME`; null for frames that were given as arrays. */
  readonly path: string | null;
  readonly range: readonly [first: number, last: number] | null;
  readonly every: number | null;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** After range and step. */
  readonly frameCount: number;
  /** Seconds; null where there is no time. */
  readonly duration: number | null;
  /** Of the file; of all pictures together for a folder; null for arrays. */
  readonly bytes: number | null;
  /** SHA-256 over samples of its bytes, 32 hexadecimal digits. */
  readonly hash: string;
}

/** The file `session.json`. */
export interface SessionFile {
  readonly format: 'masklet-session';
  readonly formatVersion: number;
  readonly id: string;
  readonly created: string;
  readonly video: SavedVideo;
  /** The model in use. */
  readonly model: {
    readonly name: string;
    readonly provider: string | null;
    readonly settings: Readonly<Record<string, number>>;
    /** Absent in files that were written before it was kept. */
    readonly threads?: number;
    readonly cacheMiB?: number;
  } | null;
  /** How much of the log is in the document here; what follows it is newer. */
  readonly log: { readonly bytes: number; readonly lines: number };
  readonly document: SavedDocument;
}

/** The version that is written now. Older ones are brought up to it; newer ones are refused. */
export const formatVersion = 1;

const text = v.string();
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const savedVideo = v.object({
  path: v.nullable(text),
  range: v.nullable(v.tuple([whole, whole])),
  every: v.nullable(whole),
  name: text,
  width: whole,
  height: whole,
  frameCount: whole,
  duration: v.nullable(v.number()),
  bytes: v.nullable(v.number()),
  hash: text,
});
const schema = v.object({
  format: v.literal('masklet-session'),
  formatVersion: v.literal(formatVersion),
  id: text,
  created: text,
  video: savedVideo,
  model: v.nullable(
    v.object({
      name: text,
      provider: v.nullable(text),
      settings: v.record(text, v.number()),
      threads: v.exactOptional(whole),
      cacheMiB: v.exactOptional(whole),
    }),
  ),
  log: v.object({ bytes: whole, lines: whole }),
  document: v.looseObject({ version: whole }),
});

/** Reads `session.json`. Throws a SessionError that says what is wrong with it. */
export function readSessionFile(folder: string): SessionFile {
  const path = join(folder, 'session.json');
  if (!existsSync(path))
    throw new SessionError(`${folder} is not a session: it has no session.json.`, { path });
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new SessionError(
      `${path} is damaged: it is no JSON. Nothing was changed; the log beside it holds every edit.`,
      { path },
      error,
    );
  }
  const result = v.safeParse(schema, migrate(value, path));
  if (result.success) return result.output as unknown as SessionFile;
  throw new SessionError(
    `${path} is damaged (${schemaWords(result.issues[0], 'the file')}). Nothing was changed; the log beside it holds every edit.`,
    { path },
  );
}

/** The file `history.json`: what can still be undone, as of a line of the log. */
export interface HistoryFile extends KeptHistory {
  readonly lines: number;
}

const keptStep = v.array(v.object({ id: text, label: text, edits: v.array(v.looseObject({ kind: text })) }));
const historyFile = v.object({ lines: whole, undo: keptStep, redo: keptStep });

/** Reads `history.json`; null where it is missing, damaged or of another moment: then nothing can be undone. */
export function readHistoryFile(folder: string, lines: number): HistoryFile | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, 'history.json'), 'utf8'));
    const history = v.parse(historyFile, value) as unknown as HistoryFile;
    if (history.lines !== lines) return null;
    for (const { edits } of [...history.undo, ...history.redo]) edits.forEach(parseLoggedEdit);
    return history;
  } catch {
    return null;
  }
}
