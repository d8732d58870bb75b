import type { AnnotationDocument, AppliedEdit, Edit, MaskStore } from '../annotation';
import { EditError } from '../errors';
import { applyStroke, createBitmap, decodeRunLength, encodeRunLength } from '../mask';
import type { Bitmap, Stroke } from '../mask';
import type { PromptPlace } from './prompt-desk';
import type { ChangeOptions } from './session-options';

/** What drawing needs of a session. */
export interface DrawingOwner {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  readonly nextId: () => string;
  change(edit: Edit, options: ChangeOptions): { applied: AppliedEdit; answered: Promise<void> };
}

/** The session, and how to wait until no answer is awaited at a place. */
export interface DrawingParts {
  readonly owner: DrawingOwner;
  settled(place: PromptPlace): Promise<void>;
}

/** What a stroke did. */
export interface Drawn {
  /** The document's version that holds it. */
  readonly version: number;
  /** Pixels that are not what they were; 0 where nothing was recorded. */
  readonly pixels: number;
}

/**
 * Brush and lasso: what is drawn becomes a mask prompt, and takes the place of the frame's other prompts, since the mask
 * they made is in it. Strokes at one place wait for each other, and for the model's answer there.
 */
export class Drawing {
  readonly #parts: DrawingParts;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(parts: DrawingParts) {
    this.#parts = parts;
  }

  /** Rejects with an EditError, with nothing changed, where the object is marked absent or locked. */
  draw(place: PromptPlace, stroke: Stroke, adds: boolean, options: ChangeOptions): Promise<Drawn> {
    const key = `${place.objectId} ${place.frame}`;
    const before = this.#last.get(key) ?? Promise.resolve();
    const drawn = before.then(
      () => this.#draw(place, stroke, adds, options),
      () => this.#draw(place, stroke, adds, options),
    );
    this.#last.set(key, drawn);
    const done = (): void => {
      if (this.#last.get(key) === drawn) this.#last.delete(key);
    };
    drawn.then(done, done);
    return drawn;
  }

  async #draw(place: PromptPlace, stroke: Stroke, adds: boolean, options: ChangeOptions): Promise<Drawn> {
    const { document, store } = this.#parts.owner;
    await this.#parts.settled(place);
    const { objectId, frame } = place;
    const { name } = document.object(objectId);
    if (document.isAbsent(objectId, frame))
      throw new EditError(
        `“${name}” is marked absent on frame ${frame}: mark it present there to draw it. Nothing was changed.`,
      );
    const bitmap = await this.#bitmap(place);
    const pixels = applyStroke(bitmap, stroke, adds);
    if (pixels === 0) return { version: document.version, pixels };
    const mask = await store.put(encodeRunLength(bitmap));
    const removes = document
      .promptsAt(objectId, frame)
      .map((one): Edit => ({ kind: 'remove-prompt', promptId: one.id }));
    const prompt = { id: this.#parts.owner.nextId(), objectId, frame, kind: 'mask', mask } as const;
    const { applied, answered } = this.#parts.owner.change(
      { kind: 'together', edits: [...removes, { kind: 'add-prompt', prompt }] },
      options,
    );
    await answered;
    return { version: applied.version, pixels };
  }

  async #bitmap({ objectId, frame }: PromptPlace): Promise<Bitmap> {
    const { document, store } = this.#parts.owner;
    const entry = document.track(objectId).entryAt(frame);
    if (entry && entry.area > 0) return decodeRunLength(await store.get(entry.mask));
    return createBitmap(document.video.width, document.video.height);
  }
}
