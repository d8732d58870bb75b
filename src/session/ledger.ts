import { AsyncLocalStorage } from 'node:async_hooks';
import { AnnotationDocument, History, MemoryMaskStore, stepLabel } from '../annotation';
import type { AppliedEdit, Edit, MaskId, MaskStore, Step, VideoFacts } from '../annotation';
import { SessionError } from '../errors';
import type { RunLength } from '../mask';
import { SessionFolder } from './folder';
import type { FolderSources, LogEntry, OpenedFolder } from './folder';

/** What can be undone and redone, in words for buttons; null where nothing can. */
export interface HistoryView {
  readonly undo: string | null;
  readonly redo: string | null;
}

/**
 * The document and what is written down of it: every edit is applied, logged where there is a folder, and taken into
 * the history, or none of these.
 */
export class Ledger {
  readonly document: AnnotationDocument;
  readonly #store: MovingStore;
  readonly #history: History;
  readonly #scope = new AsyncLocalStorage<Step>();
  readonly #gestures = new Map<string, Step>();
  readonly #applied: (applied: AppliedEdit) => void;
  #folder: SessionFolder | null;
  #steps: number;

  /** `applied` hears of every edit, in order. */
  constructor(
    facts: VideoFacts,
    opened: OpenedFolder | null,
    store: MaskStore | undefined,
    applied: (applied: AppliedEdit) => void,
  ) {
    this.document = opened?.document ?? new AnnotationDocument(facts);
    this.#history = opened?.history ?? new History();
    this.#folder = opened?.folder ?? null;
    this.#store = new MovingStore(store ?? this.#folder?.masks ?? new MemoryMaskStore());
    this.#applied = applied;
    this.#steps = this.#folder?.lines ?? 0;
  }

  get store(): MaskStore {
    return this.#store;
  }

  /** Where the work is kept; null while it is in memory only. */
  get folder(): SessionFolder | null {
    return this.#folder;
  }

  get history(): History {
    return this.#history;
  }

  get view(): HistoryView {
    return { undo: this.#history.undoable?.label ?? null, redo: this.#history.redoable?.label ?? null };
  }

  /** A step of its own; or the one that {@link Ledger.within} has opened around the caller. */
  step(edit: Edit | string): Step {
    return this.#scope.getStore() ?? this.#newStep(typeof edit === 'string' ? edit : stepLabel(edit));
  }

  /** The step of a gesture: the edits of one drag, however many, are one step. */
  gesture(key: string, edit: Edit): Step {
    let step = this.#gestures.get(key);
    if (!step) this.#gestures.set(key, (step = this.#newStep(stepLabel(edit))));
    return step;
  }

  /** Whatever is edited within `work` is one step; a step within a step is a part of it. */
  within<T>(label: string, work: () => T): T {
    return this.#scope.getStore() ? work() : this.#scope.run(this.#newStep(label), work);
  }

  /** Applies an edit as a part of a step. Throws an EditError or SessionError, with nothing changed. */
  commit(edit: Edit, step: Step): AppliedEdit {
    const applied = this.document.apply(edit);
    try {
      this.#folder?.append({ step: step.id, label: step.label, edit });
    } catch (error) {
      this.document.restore(applied.inverse);
      throw error;
    }
    this.#history.record(step, applied);
    this.#applied(applied);
    return applied;
  }

  /** Takes the last step back. Answers with it, or null when there is nothing to undo. Throws a SessionError. */
  undo(): { step: Step; applied: AppliedEdit[] } | null {
    const { undoable } = this.#history;
    if (!undoable) return null;
    this.#folder?.append({ undo: undoable.id });
    return this.#told(this.#history.undo(this.document));
  }

  /** Brings the step back that was undone last. */
  redo(): { step: Step; applied: AppliedEdit[] } | null {
    const { redoable } = this.#history;
    if (!redoable) return null;
    this.#folder?.append({ redo: redoable.id });
    return this.#told(this.#history.redo(this.document));
  }

  /** Gives a gesture up: it is undone and cannot be redone. Null when something else was done since. */
  abandon(key: string): { step: Step; applied: AppliedEdit[] } | null {
    const step = this.#gestures.get(key);
    this.#gestures.delete(key);
    if (!step || this.#history.undoable?.id !== step.id) return null;
    this.#folder?.append({ drop: step.id });
    const undone = this.#history.undo(this.document);
    this.#history.dropRedo();
    return this.#told(undone);
  }

  /** Notes something in the log that is no edit. */
  note(entry: LogEntry): void {
    this.#folder?.append(entry);
  }

  /** Copies the work to another place and goes on there. Rejects with a SessionError; the work then stays here. */
  async saveAs(path: string, sources: FolderSources): Promise<void> {
    const before = this.#folder;
    if (!before)
      throw new SessionError(
        'This work is in memory only, so there is nothing to copy. Begin it with a place: annotate(video, { at: "NAME.masklet" }).',
      );
    await before.copyTo(path);
    const { folder } = await SessionFolder.open(path, sources);
    this.#folder = folder;
    this.#store.moveTo(folder.masks);
    await before.close();
  }

  #newStep(label: string): Step {
    return { id: `s${++this.#steps}`, label };
  }

  #told(done: { step: Step; applied: AppliedEdit[] } | null): typeof done {
    done?.applied.forEach((one) => this.#applied(one));
    return done;
  }
}

/** A mask store whose masks may be moved elsewhere while others hold on to it. */
class MovingStore implements MaskStore {
  #store: MaskStore;

  constructor(store: MaskStore) {
    this.#store = store;
  }

  moveTo(store: MaskStore): void {
    this.#store = store;
  }

  put(mask: RunLength): Promise<MaskId> {
    return this.#store.put(mask);
  }

  get(id: MaskId): Promise<RunLength> {
    return this.#store.get(id);
  }
}
