import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AnnotationDocument, History, saveDocument } from '../../annotation';
import type { VideoFacts } from '../../annotation';
import { MaskletError, SessionError } from '../../errors';
import { refuseLink } from './append-file';
import { writeAtomically } from './atomic-file';
import { FolderLock } from './folder-lock';
import type { LockAnswer } from './folder-lock';
import { FolderMaskStore } from './folder-mask-store';
import { makeFolders } from './make-folders';
import { dropLostMasks, readWork } from './read-work';
import { formatVersion, readSessionFile } from './session-file';
import type { SavedVideo, SessionFile } from './session-file';
import { SessionLog } from './session-log';
import type { LogEntry } from './session-log';
import { moveVideoPath } from './video-place';
import { writeFailure } from './write-failure';

/** Changes that `history.json` holds at most. */
const keptChanges = 50_000;
/** After an edit the document is written anew when nothing has happened for as long, in milliseconds. */
const restAfter = 2000;
/** Edits are forced to the disk as many milliseconds after the first of them. */
const forcedAfter = 1000;

/** What was opened: the folder, and the work in it. */
export interface OpenedFolder {
  readonly folder: SessionFolder;
  readonly document: AnnotationDocument;
  readonly history: History;
  /** What the user should know: repairs, who else has it open. */
  readonly notices: readonly string[];
  /** The model that was in use; null where none has been. */
  readonly model: SessionFile['model'];
}

/** Where work is kept: everything the folder needs to know of it to write it down. */
export interface KeptWork {
  readonly document: AnnotationDocument;
  readonly history: History;
  readonly model: SessionFile['model'];
}

/** Nobody is kept out by one who only looks. */
const looking = 'it was opened to be looked at';

/** A clock and ids, given so that the same edits make the same files. */
export interface FolderSources {
  readonly now: () => Date;
  readonly nextId: () => string;
}

/**
 * A session's folder: `session.json`, the log, the masks. Every edit is in the log when {@link SessionFolder.append}
 * returns; the document is written anew now and then, so that opening is quick and other programs can read it.
 */
export class SessionFolder {
  readonly path: string;
  readonly id: string;
  readonly created: string;
  readonly video: SavedVideo;
  /** Why nothing can be changed; null where it can. */
  readonly readOnly: string | null;
  readonly masks: FolderMaskStore;
  readonly #log: SessionLog | null;
  readonly #lock: FolderLock | null;
  readonly #held: boolean;
  #work: (() => KeptWork) | null = null;
  #timer: NodeJS.Timeout | null = null;
  #forcing: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #savedLines: number;
  #lastCost = 0;

  private constructor(parts: {
    path: string;
    file: Pick<SessionFile, 'id' | 'created' | 'video'>;
    readOnly: string | null;
    log: SessionLog | null;
    lock: FolderLock | null;
    held?: boolean;
    savedLines: number;
  }) {
    this.path = parts.path;
    this.id = parts.file.id;
    this.created = parts.file.created;
    this.video = parts.file.video;
    this.readOnly = parts.readOnly;
    this.#log = parts.log;
    this.#lock = parts.lock;
    this.#held = parts.held ?? false;
    this.#savedLines = parts.savedLines;
    this.masks = new FolderMaskStore(join(parts.path, 'masks'), this.video);
  }

  /** True where a folder holds a session. */
  static exists(path: string): boolean {
    return existsSync(join(path, 'session.json'));
  }

  /**
   * Makes a folder for new work. Rejects with a SessionError when there is something else at that place, or it
   * cannot be written.
   */
  static async create(
    path: string,
    video: SavedVideo,
    facts: VideoFacts,
    sources: FolderSources,
  ): Promise<OpenedFolder> {
    const where = resolve(path);
    try {
      if (existsSync(where) && readdirSync(where).some((name) => name !== 'open.lock'))
        throw new SessionError(`${where} is there already and is not a session. Choose another name.`, {
          path: where,
        });
      makeFolders(where);
      mkdirSync(join(where, 'masks'));
      const answer = FolderLock.take(where, sources.now);
      if (!answer.lock) throw new SessionError(`${where} cannot be used: ${answer.reason}. ${answer.help}`);
      const file = { id: sources.nextId(), created: sources.now().toISOString(), video };
      const log = new SessionLog(join(where, 'log.jsonl'), { bytes: 0, lines: 0 }, sources.now);
      const folder = new SessionFolder({
        path: where,
        file,
        readOnly: null,
        log,
        lock: answer.lock,
        savedLines: 0,
      });
      const work = { document: new AnnotationDocument(facts), history: new History(), model: null };
      folder.#work = () => work;
      await folder.#write();
      return { folder, ...work, notices: [] };
    } catch (error) {
      if (error instanceof SessionError) throw error;
      throw writeFailure(error, where, 'No session was made.');
    }
  }

  /**
   * Opens a session: the document as it was saved, and what the log holds beyond it. Where another process has it
   * open, or the folder cannot be written to, or `lookOnly` says so (and why), it can be looked at only. Rejects with a
   * SessionError.
   */
  static async open(
    path: string,
    sources: FolderSources,
    lookOnly: boolean | string = false,
  ): Promise<OpenedFolder> {
    const where = resolve(path);
    const why = typeof lookOnly === 'string' ? lookOnly : looking;
    const answer: LockAnswer =
      lookOnly !== false || !existsSync(where)
        ? { lock: null, reason: why, help: '', held: false }
        : FolderLock.take(where, sources.now);
    try {
      const file = readSessionFile(where);
      const notices: string[] = [];
      const readOnly = answer.lock ? null : answer.reason;
      if (readOnly === null) for (const name of ['masks', 'log.jsonl']) refuseLink(join(where, name));
      if (!answer.lock && lookOnly === false)
        notices.push(`${where} can be looked at, not changed: ${answer.reason}. ${answer.help}`);
      const { document, history, ...read } = readWork(where, file, notices, readOnly !== null);
      const log = readOnly === null ? new SessionLog(join(where, 'log.jsonl'), read.log, sources.now) : null;
      const folder = new SessionFolder({
        path: where,
        file,
        readOnly,
        log,
        lock: answer.lock,
        held: !answer.lock && answer.held,
        savedLines: file.log.lines,
      });
      dropLostMasks(document, folder.masks, notices);
      return { folder, document, history, notices, model: file.model };
    } catch (error) {
      answer.lock?.release();
      throw error instanceof MaskletError ? error : unreadable(where, error);
    }
  }

  /** True once whoever kept this folder from being changed is gone: it can be opened anew. */
  get freed(): boolean {
    return this.#held && FolderLock.isFree(this.path);
  }

  /** Lines of the log. */
  get lines(): number {
    return this.#log?.lines ?? this.#savedLines;
  }

  /** Tells where the work is found when it is time to write it down. */
  keep(work: () => KeptWork): void {
    this.#work = work;
  }

  /** Writes an entry of the log. Throws a SessionError, with nothing written, when that cannot be done. */
  append(entry: LogEntry): void {
    if (!this.#log)
      throw new SessionError(
        `Nothing was changed: this session can only be looked at, since ${this.readOnly ?? 'it was closed'}.`,
      );
    this.#log.append(entry);
    this.#schedule();
    this.#force();
  }

  /** Writes the document down now, where there is something new. Rejects with a SessionError. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    await this.#writing;
  }

  /** Copies everything to another place, which must not be there yet. Rejects with a SessionError. */
  async copyTo(path: string): Promise<void> {
    const where = resolve(path);
    if (existsSync(where))
      throw new SessionError(`${where} is there already. Choose another name; nothing was written.`, {
        path: where,
      });
    await this.flush();
    const kept = 'Nothing was copied; the session stays where it is.';
    try {
      makeFolders(where);
    } catch (error) {
      throw writeFailure(error, where, kept);
    }
    try {
      await cp(this.path, where, { recursive: true, filter: (from) => !from.endsWith('open.lock') });
      const file = readSessionFile(where);
      const video = { ...file.video, path: moveVideoPath(file.video.path, this.path, where) };
      await writeAtomically(join(where, 'session.json'), fileText({ ...file, video }));
    } catch (error) {
      await rm(where, { recursive: true, force: true });
      throw writeFailure(error, where, kept);
    }
  }

  /** What is kept without being in the log, the model, is another: it is written down anew. */
  modelChanged(): void {
    this.#savedLines = -1;
    if (this.readOnly === null) this.#schedule();
  }

  /** Writes the document down and lets go of the folder. */
  async close(): Promise<void> {
    try {
      if (!this.readOnly && existsSync(this.path)) await this.flush();
    } finally {
      if (this.#forcing) clearTimeout(this.#forcing);
      if (this.#timer) clearTimeout(this.#timer);
      this.#log?.close();
      this.masks.close();
      this.#lock?.release();
    }
  }

  #schedule(): void {
    if (this.#timer) return;
    // Writing a large document takes its time: it is not done more than a tenth of it.
    const wait = Math.max(restAfter, this.#lastCost * 10);
    this.#timer = setTimeout(() => {
      this.flush().catch(() => {
        // The log has every edit; the next one says what is wrong with the disk.
      });
    }, wait);
    this.#timer.unref();
  }

  /** Has what was written outlive a power cut, a second from now at most. */
  #force(): void {
    if (this.#forcing) return;
    this.#forcing = setTimeout(() => {
      this.#forcing = null;
      void this.masks
        .sync()
        .then(() => this.#log?.sync())
        .catch(() => undefined);
    }, forcedAfter);
    this.#forcing.unref();
  }

  async #write(): Promise<void> {
    const log = this.#log;
    if (!log || !this.#work) return;
    const { lines, bytes } = log;
    if (lines === this.#savedLines && lines > 0 && existsSync(join(this.path, 'session.json'))) return;
    const began = performance.now();
    const { document, history, model } = this.#work();
    const file: SessionFile = {
      format: 'masklet-session',
      formatVersion,
      id: this.id,
      created: this.created,
      video: this.video,
      model,
      log: { bytes, lines },
      document: saveDocument(document),
    };
    const kept = { lines, ...history.keep(keptChanges) };
    try {
      await this.masks.sync();
      await log.sync();
      await writeAtomically(join(this.path, 'history.json'), JSON.stringify(kept));
      await writeAtomically(join(this.path, 'session.json'), fileText(file));
    } catch (error) {
      throw writeFailure(error, this.path, 'Every edit is in the log all the same.');
    }
    this.#savedLines = lines;
    this.#lastCost = performance.now() - began;
  }
}

function unreadable(path: string, error: unknown): SessionError {
  return new SessionError(
    `The session ${path} cannot be read (${(error as Error).message}). Nothing was changed.`,
    { path },
    error,
  );
}

/** A line for each part of the file and of the document: short, and still to be read by people. */
function fileText({ document, ...file }: SessionFile): string {
  const parts = (record: object, indent: string): string =>
    Object.entries(record)
      .map(([key, value]) => `${indent}${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return `{\n${parts(file, ' ')},\n "document": {\n${parts(document, '  ')}\n }\n}\n`;
}
