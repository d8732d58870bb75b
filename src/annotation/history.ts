import type { AnnotationDocument, AppliedEdit } from './document';
import type { Edit, TrackChange } from './edits';

/** What one undo takes back: a click with its mask, a drag, a whole run. */
export interface Step {
  readonly id: string;
  /** What it was, for the button: “Add point”. */
  readonly label: string;
}

/** A step as it is kept: the edits that take it back (or bring it back), in the order of their making. */
export interface KeptStep extends Step {
  readonly edits: readonly Edit[];
}

/** Both stacks as plain data, the latest last. */
export interface KeptHistory {
  readonly undo: readonly KeptStep[];
  readonly redo: readonly KeptStep[];
}

/**
 * What can be undone and redone, by steps. A step is open to what belongs to it for as long as it can be undone: the
 * mask that answers a click joins the click's step, whatever was done in between. No clock has a say.
 */
export class History {
  #undo: OpenStep[] = [];
  #redo: OpenStep[] = [];

  /** The step that undo would take back. */
  get undoable(): Step | null {
    return this.#undo.at(-1) ?? null;
  }

  get redoable(): Step | null {
    return this.#redo.at(-1) ?? null;
  }

  /** Takes note of an edit that was made as a part of a step; a new step makes what was undone unreachable. */
  record(step: Step, { inverse }: Pick<AppliedEdit, 'inverse'>): void {
    const known = this.#undo.find((one) => one.id === step.id);
    if (known) return known.add(inverse);
    const opened = new OpenStep(step);
    opened.add(inverse);
    this.#undo.push(opened);
    this.#redo = [];
  }

  /** Takes the last step back. Answers with the step and what was applied, or null when there is none. */
  undo(document: Pick<AnnotationDocument, 'restore'>): { step: Step; applied: AppliedEdit[] } | null {
    return move(this.#undo, this.#redo, document);
  }

  /** Brings the step back that was undone last. */
  redo(document: Pick<AnnotationDocument, 'restore'>): { step: Step; applied: AppliedEdit[] } | null {
    return move(this.#redo, this.#undo, document);
  }

  /** Forgets the step that was undone last: a gesture that was given up is not there to be redone. */
  dropRedo(): void {
    this.#redo.pop();
  }

  /** The latest steps, at most `limit` changes in all. */
  keep(limit: number): KeptHistory {
    return { undo: keepLatest(this.#undo, limit), redo: keepLatest(this.#redo, limit) };
  }

  static of(kept: KeptHistory): History {
    const history = new History();
    history.#undo = kept.undo.map((one) => OpenStep.of(one));
    history.#redo = kept.redo.map((one) => OpenStep.of(one));
    return history;
  }
}

function move(
  from: OpenStep[],
  to: OpenStep[],
  document: Pick<AnnotationDocument, 'restore'>,
): { step: Step; applied: AppliedEdit[] } | null {
  const step = from.pop();
  if (!step) return null;
  const back = new OpenStep(step);
  const applied = step.takeBack().map((edit) => document.restore(edit));
  applied.forEach(({ inverse }) => back.add(inverse));
  to.push(back);
  return { step: { id: step.id, label: step.label }, applied };
}

/** The inverses of a step's edits. A run's thousand changes of one track are kept as one. */
class OpenStep implements Step {
  readonly id: string;
  readonly label: string;
  #edits: Edit[] = [];
  /** Changes of tracks at the end of the list, by object; they do not bear on each other. */
  #tracks = new Map<string, { changes: TrackChange[]; frames: Set<number> }>();

  constructor({ id, label }: Step) {
    this.id = id;
    this.label = label;
  }

  static of(kept: KeptStep): OpenStep {
    const step = new OpenStep(kept);
    // Changes of a track are written down in the order in which they were taken in.
    for (const edit of kept.edits)
      step.add(edit.kind === 'set-track' ? { ...edit, changes: [...edit.changes].reverse() } : edit);
    return step;
  }

  add(inverse: Edit): void {
    if (inverse.kind !== 'set-track') {
      this.#tracks.clear();
      this.#edits.push(inverse);
      return;
    }
    let open = this.#tracks.get(inverse.objectId);
    if (!open) {
      open = { changes: [], frames: new Set() };
      this.#tracks.set(inverse.objectId, open);
      this.#edits.push({ kind: 'set-track', objectId: inverse.objectId, changes: open.changes });
    }
    // The last of an inverse's changes holds what was there first.
    for (const change of [...inverse.changes].reverse()) {
      if (open.frames.has(change.frame)) continue;
      open.frames.add(change.frame);
      open.changes.push(change);
    }
  }

  /** The edits that take the step back, in the order in which they are to be applied. */
  takeBack(): Edit[] {
    return [...this.#edits].reverse();
  }

  get changes(): number {
    return this.#edits.reduce((sum, edit) => sum + weight(edit), 0);
  }

  toJSON(): KeptStep {
    return { id: this.id, label: this.label, edits: this.#edits };
  }
}

function weight(edit: Edit): number {
  if (edit.kind === 'set-track') return edit.changes.length;
  if (edit.kind === 'set-checks') return edit.checks.length;
  return edit.kind === 'together' ? edit.edits.reduce((sum, one) => sum + weight(one), 0) : 1;
}

function keepLatest(steps: readonly OpenStep[], limit: number): KeptStep[] {
  let left = limit;
  const kept: KeptStep[] = [];
  for (const step of [...steps].reverse()) {
    left -= step.changes;
    if (left < 0) break;
    kept.unshift(step.toJSON());
  }
  return kept;
}
