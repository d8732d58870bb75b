import { newObjectEdit } from '../../annotation';
import type { Edit, IdSource, ObjectPatch, PromptRecord } from '../../annotation';
import type { Stroke } from '../../mask';
import type { DocumentView, Rework } from '../../protocol';
import type { RequestSender } from '../link';
import { withPendingEdits } from './pending-edits';

/** What the edits need of the canvas around them. */
export interface EditPort {
  readonly request: RequestSender;
  document(): DocumentView;
  nextId: IdSource;
  /** An edit that was refused, or never answered because the kernel went. */
  failed(error: Error): void;
  changed(): void;
}

/** A place for a new prompt. */
export interface PromptPlace {
  readonly objectId: string | null;
  readonly frame: number;
}

interface PendingEdit {
  readonly edit: Edit;
  /** The document's version that holds it; null until the kernel has answered. */
  version: number | null;
}

/** Sends edits, and keeps each one in sight until the document that comes back holds it. */
export class EditDesk {
  readonly #port: EditPort;
  #pending: PendingEdit[] = [];

  constructor(port: EditPort) {
    this.#port = port;
  }

  /** The document as it will be once all edits have arrived. */
  document(): DocumentView {
    const document = this.#port.document();
    this.#pending = this.#pending.filter((one) => one.version === null || one.version > document.version);
    return withPendingEdits(
      document,
      this.#pending.map((one) => one.edit),
    );
  }

  /** True for a prompt whose edit has not come back yet. */
  isPending(promptId: string): boolean {
    return this.#pending.some((one) => promptIds(one.edit).includes(promptId));
  }

  /** Adds an object with its number's name and colour; answers with its id. */
  addObject(): string {
    const { edit, object } = newObjectEdit(this.document(), {}, this.#port.nextId);
    this.send(edit);
    return object.id;
  }

  /** Adds a point, in stored pixels. Without an object it makes one. Answers with the object's id. */
  addPoint(place: PromptPlace, x: number, y: number, positive: boolean): string {
    return this.#addPrompt(place, (objectId) => ({
      id: this.#port.nextId(),
      objectId,
      frame: place.frame,
      kind: 'point',
      x,
      y,
      positive,
    }));
  }

  /** Sets the object's box on a frame, edges inclusive: there is one at most. Answers with the object's id. */
  setBox(place: PromptPlace, box: { x0: number; y0: number; x1: number; y1: number }): string {
    const before = this.document().prompts.find(
      (one) => one.kind === 'box' && one.objectId === place.objectId && one.frame === place.frame,
    );
    if (before) {
      this.send({ kind: 'change-prompt', prompt: { ...before, ...box, kind: 'box' } });
      return before.objectId;
    }
    return this.#addPrompt(place, (objectId) => ({
      id: this.#port.nextId(),
      objectId,
      frame: place.frame,
      kind: 'box',
      ...box,
    }));
  }

  /**
   * Draws on an object's mask; without an object it makes one, as a part of the same step. Answers with the object's id
   * and with what comes of it: the document's version that holds the stroke.
   */
  draw(place: PromptPlace, stroke: Stroke, adds: boolean): { objectId: string; drawn: Promise<number> } {
    const gesture = this.#port.nextId();
    const { objectId } = place;
    const own = objectId === null ? newObjectEdit(this.document(), {}, this.#port.nextId) : null;
    if (own) this.send(own.edit, gesture);
    const id = own?.object.id ?? objectId!;
    const drawn = this.#port
      .request({ kind: 'draw', objectId: id, frame: place.frame, stroke, adds, gesture })
      .then(({ value }) => value.version);
    drawn.catch((error: unknown) =>
      this.#port.failed(error instanceof Error ? error : new Error(String(error))),
    );
    return { objectId: id, drawn };
  }

  /** Takes an object's prompts off a frame. */
  clearPrompts(objectId: string, frame: number): void {
    const prompts = this.document().prompts.filter((one) => one.objectId === objectId && one.frame === frame);
    const edits = prompts.map((one): Edit => ({ kind: 'remove-prompt', promptId: one.id }));
    if (edits.length === 1) this.send(edits[0]!);
    if (edits.length > 1) this.send({ kind: 'together', edits });
  }

  movePrompt(prompt: PromptRecord): void {
    this.send({ kind: 'change-prompt', prompt });
  }

  removePrompt(promptId: string): void {
    this.send({ kind: 'remove-prompt', promptId });
  }

  changeObject(objectId: string, patch: ObjectPatch): void {
    this.send({ kind: 'change-object', objectId, patch });
  }

  /** Hides some objects and shows others, as one edit. */
  setHidden(wanted: readonly { readonly objectId: string; readonly hidden: boolean }[]): void {
    const edits: Edit[] = wanted.map(({ objectId, hidden }) => ({
      kind: 'change-object',
      objectId,
      patch: { hidden },
    }));
    if (edits.length === 1) this.send(edits[0]!);
    if (edits.length > 1) this.send({ kind: 'together', edits });
  }

  removeObject(objectId: string): void {
    this.send({ kind: 'remove-object', objectId });
  }

  /** Asks for a change that edits alone cannot make; hears of the object that a split makes. */
  rework(work: Rework, made: (objectId: string) => void = (): void => undefined): void {
    this.#port
      .request({ kind: 'rework', work })
      .then(({ value }) => {
        if (value.objectId !== null) made(value.objectId);
      })
      .catch((error: unknown) => this.#port.failed(error instanceof Error ? error : new Error(String(error))))
      .finally(() => this.#port.changed());
  }

  /** Sends an edit and shows it at once; takes it back when it is refused. Edits of one gesture are one step to undo. */
  send(edit: Edit, gesture?: string): void {
    const pending: PendingEdit = { edit, version: null };
    this.#pending.push(pending);
    this.#port.changed();
    this.#port
      .request({ kind: 'edit', edit, ...(gesture === undefined ? {} : { gesture }) })
      .then(({ value }) => {
        pending.version = value.version;
      })
      .catch((error: unknown) => {
        this.#pending = this.#pending.filter((one) => one !== pending);
        this.#port.failed(error instanceof Error ? error : new Error(String(error)));
      })
      .finally(() => this.#port.changed());
  }

  #addPrompt(place: PromptPlace, make: (objectId: string) => PromptRecord): string {
    if (place.objectId !== null) {
      this.send({ kind: 'add-prompt', prompt: make(place.objectId) });
      return place.objectId;
    }
    const { edit, object } = newObjectEdit(this.document(), {}, this.#port.nextId);
    this.send({ kind: 'together', edits: [edit, { kind: 'add-prompt', prompt: make(object.id) }] });
    return object.id;
  }
}

function promptIds(edit: Edit): string[] {
  if (edit.kind === 'together') return edit.edits.flatMap(promptIds);
  return edit.kind === 'add-prompt' || edit.kind === 'change-prompt' ? [edit.prompt.id] : [];
}
