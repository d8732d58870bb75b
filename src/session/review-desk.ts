import { setTimeout as rest } from 'node:timers/promises';
import type { AnnotationDocument, AppliedEdit, MaskId, MaskStore } from '../annotation';
import { emptyRunLength } from '../mask';
import { alarmReach, alarmsAt, FigureTable, frameFigures, measureMasks } from '../review';
import type { Alarm, FrameMask, MeasuredFrame } from '../review';
import { OpenAlarms } from './open-alarms';
import type { OpenAlarm } from './open-alarms';
import { StaleFrames } from './stale-frames';
import { touchedFrames } from './touched-frames';

/** Masks of a run come one by one; looking at them follows at this pace, in milliseconds. */
const pace = 120;
/** Looking at a long session goes on for as long at a time, then others have their turn; in milliseconds. */
const [turn, pause] = [12, 4];
/** So often a long look tells how far it is, in milliseconds. */
const telling = 500;

/** What a review needs of its session. */
export interface ReviewParts {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  /** Alarms came or went, or there is more or less to look at. */
  tell(): void;
  warn(error: unknown): void;
}

/**
 * Looks at masks as they change and keeps a few figures of each, from which alarms are raised: never at everything
 * again, never at more than two frames' masks at a time.
 */
export class ReviewDesk {
  readonly #parts: ReviewParts;
  readonly #tables = new Map<string, FigureTable>();
  /** Alarms by object and by the frame that was looked at. */
  readonly #found = new Map<string, Map<number, readonly Alarm[]>>();
  readonly #stale: StaleFrames;
  /** Frames by object whose figures changed since alarms were last looked for. */
  #changed = new Map<string, [first: number, last: number]>();
  /** The frame that was looked at last, so that the next one need not read it again. */
  #before: { readonly frame: number; readonly masks: MeasuredFrame } | null = null;
  readonly #open: OpenAlarms;
  #list: readonly OpenAlarm[] = [];
  #listIsOld = true;
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<void> | null = null;
  #stopped = false;
  #warned = false;

  constructor(parts: ReviewParts) {
    this.#parts = parts;
    const { document } = parts;
    this.#open = new OpenAlarms(document, this.#tables, this.#found);
    this.#stale = new StaleFrames(document.video.frameCount);
    for (const { id } of document.objects)
      for (const frame of document.track(id).frames()) this.#stale.add(frame, frame);
    if (this.#stale.size > 0) this.#wake();
  }

  /** The alarms that were not accepted, as far as masks were looked at. */
  get alarms(): readonly OpenAlarm[] {
    if (this.#listIsOld) this.#list = this.#open.list();
    this.#listIsOld = false;
    return this.#list;
  }

  /** Frames that were not looked at yet. */
  get pending(): number {
    return this.#stale.size;
  }

  /** Masks that a check compared, of those that were looked at. */
  get checked(): number {
    return [...this.#tables.values()].reduce((sum, one) => sum + one.checked, 0);
  }

  /** The figures of an object; null where none of its masks was looked at. */
  figures(objectId: string): FigureTable | null {
    return this.#tables.get(objectId) ?? null;
  }

  /** Hears of an edit: what it touched is looked at before long. */
  touch(applied: AppliedEdit): void {
    const { frames, list } = touchedFrames(applied);
    for (const [first, last] of frames) {
      // A frame is held against the one before it.
      this.#stale.add(first, last + 1);
      if (this.#before && this.#before.frame >= first && this.#before.frame <= last) this.#before = null;
    }
    if (list) this.#listIsOld = true;
    if (frames.length > 0) this.#wake();
    else if (list) setImmediate(() => this.#hurry());
  }

  /** Resolves once everything there is now was looked at. */
  async settled(): Promise<void> {
    while (!this.#stopped && (this.#stale.size > 0 || this.#work || this.#timer)) {
      this.#hurry();
      await this.#work;
    }
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wake(): void {
    if (this.#timer || this.#work || this.#stopped) return;
    this.#timer = setTimeout(() => this.#hurry(), pace);
    this.#timer.unref();
  }

  #hurry(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#work || this.#stopped) return;
    this.#work = this.#catchUp()
      .catch((error: unknown) => this.#parts.warn(error))
      .finally(() => {
        this.#work = null;
        if (this.#stale.size > 0) this.#wake();
      });
  }

  async #catchUp(): Promise<void> {
    const turns = new Turns(() => this.#parts.tell());
    for (let frame = this.#stale.take(0); frame !== null; frame = this.#stale.take(frame)) {
      await this.#lookAt(frame);
      await turns.next();
      if (this.#stopped) return;
    }
    const changed = this.#changed;
    this.#changed = new Map();
    for (const [objectId, [first, last]] of changed) {
      const table = this.#tables.get(objectId);
      const found = this.#found.get(objectId) ?? new Map<number, readonly Alarm[]>();
      this.#found.set(objectId, found);
      const end = Math.min(last + alarmReach, this.#parts.document.video.frameCount - 1);
      for (let frame = Math.max(0, first - alarmReach); table && frame <= end; frame++) {
        const alarms = alarmsAt(table, objectId, frame);
        if (alarms.length > 0) found.set(frame, alarms);
        else found.delete(frame);
        if (frame % 64 === 0) await turns.next();
        if (this.#stopped) return;
      }
      this.#open.forget(objectId);
    }
    this.#forgetRemoved();
    this.#listIsOld = true;
    this.#parts.tell();
  }

  /** Takes the figures of a frame's masks. */
  async #lookAt(frame: number): Promise<void> {
    const before = frame === 0 ? null : await this.#measured(frame - 1);
    const now = await this.#measured(frame);
    // What changed meanwhile is stale again, and looked at again.
    this.#before = this.#stale.has(frame) ? null : { frame, masks: now };
    const figures = frameFigures(now, before);
    for (const { id } of this.#parts.document.objects) {
      const found = figures.get(id) ?? null;
      let table = this.#tables.get(id);
      if (!table && !found) continue;
      if (!table) this.#tables.set(id, (table = new FigureTable(this.#parts.document.video.frameCount)));
      table.set(frame, found);
      this.#open.forget(id);
      const changed = this.#changed.get(id);
      if (changed) [changed[0], changed[1]] = [Math.min(changed[0], frame), Math.max(changed[1], frame)];
      else this.#changed.set(id, [frame, frame]);
    }
  }

  async #measured(frame: number): Promise<MeasuredFrame> {
    if (this.#before?.frame === frame) return this.#before.masks;
    const { document, store } = this.#parts;
    const seen = document.objects.flatMap(({ id }) => seenMask(document, id, frame) ?? []);
    const { width, height } = document.video;
    const masks: FrameMask[] = [];
    for (const { id, ...one } of seen) {
      try {
        const mask = id === null ? emptyRunLength(width, height) : await store.get(id);
        masks.push({ ...one, mask });
      } catch (error) {
        if (!this.#warned) this.#parts.warn(error);
        this.#warned = true;
      }
    }
    return measureMasks(masks);
  }

  #forgetRemoved(): void {
    const there = new Set(this.#parts.document.objects.map((one) => one.id));
    for (const id of this.#tables.keys()) {
      if (there.has(id)) continue;
      this.#tables.delete(id);
      this.#found.delete(id);
      this.#open.forget(id);
    }
  }
}

/** A mask of a frame as it goes into the figures; `id` null: empty. Null where there is none. */
function seenMask(
  document: AnnotationDocument,
  objectId: string,
  frame: number,
): (Omit<FrameMask, 'mask'> & { readonly id: MaskId | null }) | null {
  // What the user said is not in the picture is empty by the user's word.
  if (document.isAbsent(objectId, frame)) return { objectId, id: null, vouched: true };
  const entry = document.track(objectId).entryAt(frame);
  if (!entry) return null;
  // A lock says as much as a prompt: the user is content with what is there.
  const vouched = entry.source.kind === 'prompted' || document.isLocked(objectId, frame);
  return { objectId, id: entry.mask, vouched, checked: entry.checked ?? null };
}

/** Work in turns, so that a kernel stays ready to answer. */
class Turns {
  readonly #tell: () => void;
  #began = performance.now();
  #told = performance.now();

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** Resolves at once, or after a pause when this turn is over. */
  async next(): Promise<void> {
    if (performance.now() - this.#began < turn) return;
    await rest(pause);
    this.#began = performance.now();
    if (this.#began - this.#told < telling) return;
    this.#told = this.#began;
    this.#tell();
  }
}
