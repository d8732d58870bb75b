import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AnnotationDocument, Edit, MaskId, MaskStore, RunRecord, TrackEntry } from '../annotation';
import { MemoryMaskStore } from '../annotation';
import { SessionError } from '../errors';
import { emptyRunLength, runLengthIou } from '../mask';
import type { RunLength } from '../mask';
import { readLog, SessionFolder } from './folder';
import type { LogLine } from './folder';
import { keptSettings, settingsKept } from './kept-settings';
import { objectNames } from './object-names';
import { randomIds } from './random-ids';
import type { PropagateOptions } from './run-plan';
import { Session } from './session';
import type { Video } from './video';

/** How well one frame's masks were had again. */
export interface ReplayedFrame {
  readonly frame: number;
  /** IoU of what is stored and what was computed again, by object name; with its number where others have that name. */
  readonly ious: Readonly<Record<string, number>>;
}

/** What came of a replay. */
export interface ReplayReport {
  readonly frames: readonly ReplayedFrame[];
  readonly masks: number;
  /** Masks that are the same to the pixel. */
  readonly identical: number;
  /** The lowest IoU; 1 where there is no mask. */
  readonly lowest: number;
  /** What kept the replay from being the same work, in sentences. */
  readonly notes: readonly string[];
}

const restructuring = new Set(['Swap objects', 'Merge objects', 'Split object', 'Import masks']);

/** Whether an edit moves masks along with their prompts; as a part of a larger step it has that step's name. */
function movesMasks(label: string, edit: Edit): boolean {
  if (restructuring.has(label)) return true;
  return edit.kind === 'together' && edit.edits.some((one) => one.kind === 'set-track');
}

type TrackEdit = Extract<Edit, { kind: 'set-track' }>;

/** Whether an edit takes in masks that a run has found. */
function isFoundBy(run: string, edit: Edit): edit is TrackEdit {
  if (edit.kind !== 'set-track') return false;
  return edit.changes.some(({ entry }) => entry?.source.kind === 'propagated' && entry.source.run === run);
}

/**
 * Does again what a session's log says, with the models that it names, and compares the masks with those that are
 * stored (A4). Nothing in the session's folder is changed. `progress` hears of each line that was done. Rejects with a
 * SessionError or ModelError when it cannot be done.
 */
export async function replaySession(
  path: string,
  video: Video,
  progress: (line: number, lines: number) => void = () => undefined,
): Promise<ReplayReport> {
  const sources = { now: () => new Date(), nextId: randomIds() };
  const stored = await SessionFolder.open(path, sources, true);
  try {
    const { lines, rest } = readLog(join(stored.folder.path, 'log.jsonl'));
    if (lines.length === 0 && stored.document.objects.length > 0)
      throw new SessionError(`The log of ${path} cannot be read, so there is nothing to replay.`);
    const replay = new Replay(video, stored.folder.masks, lines);
    for (let at = 0; at < lines.length; at++) {
      await replay.do(at);
      progress(at + 1, lines.length);
    }
    if (rest) replay.notes.push('The end of the log cannot be read; it was left out.');
    const frames = await compare(stored.document, stored.folder.masks, replay.session);
    await replay.session.dispose();
    const ious = frames.flatMap((one) => Object.values(one.ious));
    return {
      frames,
      masks: ious.length,
      identical: ious.filter((iou) => iou === 1).length,
      lowest: ious.reduce((least, iou) => Math.min(least, iou), 1),
      notes: [...new Set(replay.notes)],
    };
  } finally {
    await stored.folder.close();
  }
}

/** Masks that were given lie in the session's folder; those computed again are kept apart. */
class ReplayStore implements MaskStore {
  readonly #given: MaskStore;
  readonly #own = new MemoryMaskStore();

  constructor(given: MaskStore) {
    this.#given = given;
  }

  put(mask: RunLength): Promise<MaskId> {
    return this.#own.put(mask);
  }

  get(id: MaskId): Promise<RunLength> {
    return id.startsWith('m') ? this.#own.get(id) : this.#given.get(id);
  }
}

/** The work of a log, done again line by line. */
class Replay {
  readonly session: Session;
  readonly notes: string[] = [];
  readonly #lines: readonly LogLine[];
  readonly #begun = new Set<string>();
  readonly #computed = new Set<string>();
  /** Masks of the log, and those computed again in their place. */
  readonly #masks = new Map<MaskId, MaskId>();

  constructor(video: Video, given: MaskStore, lines: readonly LogLine[]) {
    this.session = new Session(video, { store: new ReplayStore(given) });
    this.#lines = lines;
  }

  async do(at: number): Promise<void> {
    const line = this.#lines[at]!;
    if ('undo' in line) await this.session.undo();
    else if ('redo' in line) await this.session.redo();
    else if ('drop' in line) await this.session.abandon(line.drop);
    else if ('edit' in line) await this.#edit(at, line);
  }

  async #edit(at: number, line: Extract<LogLine, { readonly edit: Edit }>): Promise<void> {
    const { step, label, edit } = line;
    const first = !this.#begun.has(step);
    this.#begun.add(step);
    if (edit.kind === 'add-run') return this.#run(at, step, edit.run);
    // A run that is done again notes these anew.
    if (edit.kind === 'set-seam' || edit.kind === 'set-carried') return;
    if (edit.kind === 'set-track' && (!first || label === 'Answer prompts')) {
      if (!this.#computed.has(step)) this.#learn(edit);
      return;
    }
    const mapped = this.#mapped(edit);
    if (movesMasks(label, edit)) this.session.restructure(label, mapped);
    else await this.session.change(mapped, { gesture: step }).answered;
  }

  async #run(at: number, step: string, record: RunRecord): Promise<void> {
    await this.#useModel(record);
    const later = this.#lines.slice(at);
    const taken = later.flatMap((line) =>
      'edit' in line && line.step === step && isFoundBy(record.id, line.edit) ? [line.edit] : [],
    );
    this.#noteEditsDuring(later, step, record.id);
    this.#computed.add(step);
    const { direction, first, last, stride, blockSize, seeding, from, missing, objectIds } = record;
    const options = {
      direction,
      range: [first, last] as const,
      stride,
      blockSize,
      seeding,
      objects: objectIds,
      ...(from === undefined ? {} : { from }),
      ...(missing ? { missing } : {}),
    };
    const end = later.find((line) => 'ended' in line && line.ended === record.id);
    if (end && 'ended' in end && !end.cancelled) await this.session.propagate(options);
    else await this.#runUntil(taken.length, options);
    taken.forEach((edit) => this.#learn(edit));
  }

  /**
   * A run that was stopped, or killed, after as many edits of masks. A run ends after the frame in hand, and by then the
   * engine may have the next: what comes beyond is taken back, as a part of the run's step.
   */
  async #runUntil(edits: number, options: PropagateOptions): Promise<void> {
    const { session } = this;
    const label = 'Propagate';
    await session.step(label, async () => {
      const beyond: Edit[] = [];
      let done = 0;
      const run = session.propagate(options);
      const off = session.on('edit', ({ edit, inverse }) => {
        if (!isFoundBy(run.id, edit)) return;
        if (++done > edits) beyond.push(inverse);
        if (done >= edits) void run.cancel();
      });
      try {
        if (edits === 0) await run.cancel();
        else await run;
      } finally {
        off();
      }
      for (const inverse of beyond.reverse()) session.restructure(label, inverse);
    });
  }

  async #useModel({ model }: RunRecord): Promise<void> {
    const now = await this.session.loadModel();
    const { settings = {} } = model;
    const alike = isDeepStrictEqual(keptSettings(now.settings), settings);
    if (now.name === model.name && now.provider === model.provider && alike) return;
    const unset = Object.fromEntries(Object.keys(now.settings).map((key) => [key, undefined]));
    if (now.name !== model.name || !alike)
      await this.session.useModel({ model: model.name, settings: { ...unset, ...settingsKept(settings) } });
    const { provider } = await this.session.loadModel();
    if (provider !== model.provider)
      this.notes.push(`${model.name} computed on ${model.provider} then, and on ${provider} now.`);
  }

  /** What was edited while a run went on is done after it here. */
  #noteEditsDuring(later: readonly LogLine[], step: string, run: string): void {
    const end = later.findIndex((line) => 'ended' in line && line.ended === run);
    const during = later.slice(0, Math.max(0, end)).some((line) => 'edit' in line && line.step !== step);
    if (during) this.notes.push('Edits were made while a run went on; here they follow it.');
  }

  /** Remembers which masks were computed in the place of the log's. */
  #learn({ objectId, changes }: TrackEdit): void {
    const { document } = this.session;
    if (!document.objects.some((one) => one.id === objectId)) return;
    for (const { frame, entry } of changes) {
      const now = document.track(objectId).entryAt(frame);
      if (entry && now) this.#masks.set(entry.mask, now.mask);
    }
  }

  /** An edit with the masks that were computed again in the place of those of the log. */
  #mapped(edit: Edit): Edit {
    if (edit.kind === 'together')
      return { kind: 'together', edits: edit.edits.map((one) => this.#mapped(one)) };
    if (edit.kind !== 'set-track') return edit;
    const maskOf = (id: MaskId): MaskId => this.#masks.get(id) ?? id;
    const entryOf = (entry: TrackEntry): TrackEntry => {
      const mapped = { ...entry, mask: maskOf(entry.mask) };
      if (entry.source.kind !== 'prompted') return mapped;
      const { before, base, ...source } = entry.source;
      return {
        ...mapped,
        source: {
          ...source,
          ...(before ? { before: entryOf(before) } : {}),
          ...(base === undefined ? {} : { base: maskOf(base) }),
        },
      };
    };
    const changes = edit.changes.map(({ frame, entry }) => ({ frame, entry: entry && entryOf(entry) }));
    return { ...edit, changes };
  }
}

async function compare(
  stored: AnnotationDocument,
  masks: MaskStore,
  { document, store }: Session,
): Promise<ReplayedFrame[]> {
  const { width, height } = stored.video;
  const none = emptyRunLength(width, height);
  const frames = new Map<number, Record<string, number>>();
  const names = objectNames(stored.objects);
  for (const { id } of stored.objects) {
    const there = document.objects.some((one) => one.id === id);
    const again = there ? document.track(id) : null;
    const both = new Set([...stored.track(id).frames(), ...(again?.frames() ?? [])]);
    for (const frame of both) {
      const [before, now] = [stored.track(id).entryAt(frame), again?.entryAt(frame)];
      const iou =
        before && now
          ? runLengthIou(await masks.get(before.mask), await store.get(now.mask))
          : runLengthIou(none, await (before ? masks.get(before.mask) : store.get(now!.mask)));
      frames.set(frame, { ...frames.get(frame), [names.get(id)!]: iou });
    }
  }
  return [...frames].sort(([a], [b]) => a - b).map(([frame, ious]) => ({ frame, ious }));
}
