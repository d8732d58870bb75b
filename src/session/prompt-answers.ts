import type { AnnotationDocument, Edit, MaskStore, PromptRecord, TrackEntry } from '../annotation';
import { runLengthArea } from '../mask';
import type { RunLength } from '../mask';
import type { ModelRef, WirePrompts } from '../engine/host';
import type { Video } from './video';

/** Where prompts are answered: one object on one frame. */
export interface PromptPlace {
  readonly objectId: string;
  readonly frame: number;
}

/** What answering prompts needs of a session. */
export interface PromptAnswerParts {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  readonly video: Video;
  modelRef(): ModelRef;
  apply(edit: Edit): void;
  busy(now: boolean): void;
}

/**
 * Asks the model for the mask that an object's prompts on a frame describe. Each request carries object, frame
 * and the document's version as they were when the user acted; an answer that newer prompts have overtaken is
 * dropped.
 */
export class PromptAnswers {
  readonly #parts: PromptAnswerParts;
  readonly #latest = new Map<string, number>();
  #underWay = 0;

  constructor(parts: PromptAnswerParts) {
    this.#parts = parts;
  }

  /**
   * Answers the prompts that stand at a place now; they build on the mask that was there before the first of them.
   * Resolves when the mask is in the document, or when newer prompts took over.
   */
  async answer({ objectId, frame }: PromptPlace): Promise<void> {
    const { document } = this.#parts;
    const key = `${objectId} ${frame}`;
    const version = document.version;
    this.#latest.set(key, version);
    const prompts = document.promptsAt(objectId, frame);
    if (prompts.length === 0) return this.#clear({ objectId, frame });
    this.#count(1);
    try {
      const mask = await this.#compute(prompts, { objectId, frame });
      if (this.#latest.get(key) !== version) return;
      await this.#put({ objectId, frame }, mask, () => this.#latest.get(key) === version);
    } finally {
      this.#count(-1);
    }
  }

  async #compute(records: readonly PromptRecord[], place: PromptPlace): Promise<RunLength> {
    const { store, video } = this.#parts;
    const prompts = await wirePrompts(records, store);
    if (prompts.mask && prompts.points.length === 0 && !prompts.box) return prompts.mask;
    const before = this.#before(place);
    const answer = await video.engines.model.call('segment', {
      video: video.ref,
      model: this.#parts.modelRef(),
      frame: place.frame,
      prompts,
      base: before && before.area > 0 ? await store.get(before.mask) : null,
    });
    return answer.mask;
  }

  async #put({ objectId, frame }: PromptPlace, mask: RunLength, current: () => boolean): Promise<void> {
    const id = await this.#parts.store.put(mask);
    // The object may be gone, or its prompts changed, while the mask was stored.
    if (!current() || !this.#parts.document.objects.some((one) => one.id === objectId)) return;
    const before = this.#before({ objectId, frame });
    const source = { kind: 'prompted', ...(before ? { before } : {}) } as const;
    const entry: TrackEntry = { mask: id, source, area: runLengthArea(mask) };
    this.#parts.apply({ kind: 'set-track', objectId, changes: [{ frame, entry }] });
  }

  /** The mask of a place that no prompt made. */
  #before({ objectId, frame }: PromptPlace): TrackEntry | null {
    const { document } = this.#parts;
    // The object may have been removed while its prompts were read.
    if (!document.objects.some((one) => one.id === objectId)) return null;
    const entry = document.track(objectId).entryAt(frame);
    if (!entry) return null;
    return entry.source.kind === 'prompted' ? (entry.source.before ?? null) : entry;
  }

  /** With its last prompt gone, a frame's prompted mask goes too; the propagated one it stood on comes back. */
  #clear({ objectId, frame }: PromptPlace): void {
    const { document } = this.#parts;
    if (!document.objects.some((one) => one.id === objectId)) return;
    if (document.track(objectId).entryAt(frame)?.source.kind !== 'prompted') return;
    const entry = this.#before({ objectId, frame });
    this.#parts.apply({ kind: 'set-track', objectId, changes: [{ frame, entry }] });
  }

  #count(by: 1 | -1): void {
    this.#underWay += by;
    if (this.#underWay === (by === 1 ? 1 : 0)) this.#parts.busy(by === 1);
  }
}

/** Prompts of one object on one frame as the engine takes them, in the order in which they were given. */
export async function wirePrompts(
  records: readonly PromptRecord[],
  store: Pick<MaskStore, 'get'>,
): Promise<WirePrompts> {
  const drawn = records.find((one) => one.kind === 'mask');
  const box = records.find((one) => one.kind === 'box');
  const points = records.filter((one) => one.kind === 'point');
  return {
    points: points.map(({ x, y, positive }) => ({ x, y, positive })),
    box: box ? { x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1 } : null,
    mask: drawn ? await store.get(drawn.mask) : null,
  };
}

/** The places whose prompts an edit changes, each once. */
export function promptPlaces(edit: Edit, document: AnnotationDocument): PromptPlace[] {
  const places = new Map<string, PromptPlace>();
  for (const place of changedPlaces(edit, document)) places.set(`${place.objectId} ${place.frame}`, place);
  return [...places.values()];
}

function changedPlaces(edit: Edit, document: AnnotationDocument): PromptPlace[] {
  switch (edit.kind) {
    case 'add-prompt':
      return [{ objectId: edit.prompt.objectId, frame: edit.prompt.frame }];
    case 'change-prompt':
    case 'remove-prompt': {
      const id = edit.kind === 'change-prompt' ? edit.prompt.id : edit.promptId;
      const before = document.prompts.find((one) => one.id === id);
      const places = [before, edit.kind === 'change-prompt' ? edit.prompt : undefined].filter(
        (one) => one !== undefined,
      );
      return places.map(({ objectId, frame }) => ({ objectId, frame }));
    }
    case 'together':
      return edit.edits.flatMap((one) => changedPlaces(one, document));
    default:
      return [];
  }
}
