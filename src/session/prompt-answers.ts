import type { AnnotationDocument, Edit, MaskStore, PromptRecord, TrackEntry } from '../annotation';
import { runLengthArea } from '../mask';
import type { RunLength } from '../mask';
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
   * Answers the prompts that stand at a place now. `refine`: the mask there may be built upon, as when a click
   * is added to it. Resolves when the mask is in the document, or when newer prompts took over.
   */
  async answer({ objectId, frame }: PromptPlace, refine: boolean): Promise<void> {
    const { document } = this.#parts;
    const key = `${objectId} ${frame}`;
    const version = document.version;
    this.#latest.set(key, version);
    const prompts = document.promptsAt(objectId, frame);
    if (prompts.length === 0) return this.#clear({ objectId, frame });
    this.#count(1);
    try {
      const mask = await this.#compute(prompts, { objectId, frame }, refine);
      if (this.#latest.get(key) !== version) return;
      await this.#put({ objectId, frame }, mask, () => this.#latest.get(key) === version);
    } finally {
      this.#count(-1);
    }
  }

  async #compute(prompts: readonly PromptRecord[], place: PromptPlace, refine: boolean): Promise<RunLength> {
    const { store, video, document } = this.#parts;
    const drawn = prompts.find((one) => one.kind === 'mask');
    const mask = drawn ? await store.get(drawn.mask) : null;
    const points = prompts.filter((one) => one.kind === 'point');
    const box = prompts.find((one) => one.kind === 'box') ?? null;
    if (mask && points.length === 0 && !box) return mask;
    const entry = refine ? document.track(place.objectId).entryAt(place.frame) : undefined;
    const answer = await video.engines.model.call('segment', {
      video: video.ref,
      model: video.engines.modelRef,
      frame: place.frame,
      prompts: { points: points.map(({ x, y, positive }) => ({ x, y, positive })), box, mask },
      previous: entry && entry.area > 0 ? await store.get(entry.mask) : null,
    });
    return answer.mask;
  }

  async #put({ objectId, frame }: PromptPlace, mask: RunLength, current: () => boolean): Promise<void> {
    const id = await this.#parts.store.put(mask);
    // The object may be gone, or its prompts changed, while the mask was stored.
    if (!current() || !this.#parts.document.objects.some((one) => one.id === objectId)) return;
    const entry: TrackEntry = { mask: id, source: { kind: 'prompted' }, area: runLengthArea(mask) };
    this.#parts.apply({ kind: 'set-track', objectId, changes: [{ frame, entry }] });
  }

  /** With its last prompt gone, a frame's prompted mask goes too; a propagated one stays. */
  #clear({ objectId, frame }: PromptPlace): void {
    const { document } = this.#parts;
    if (!document.objects.some((one) => one.id === objectId)) return;
    if (document.track(objectId).entryAt(frame)?.source.kind !== 'prompted') return;
    this.#parts.apply({ kind: 'set-track', objectId, changes: [{ frame, entry: null }] });
  }

  #count(by: 1 | -1): void {
    this.#underWay += by;
    if (this.#underWay === (by === 1 ? 1 : 0)) this.#parts.busy(by === 1);
  }
}

type ChangedPlace = PromptPlace & { readonly refine: boolean };

/** The places whose prompts an edit changes, each once, and whether the mask there may be built upon. */
export function promptPlaces(edit: Edit, document: AnnotationDocument): ChangedPlace[] {
  const places = new Map<string, ChangedPlace>();
  for (const place of changedPlaces(edit, document)) {
    const key = `${place.objectId} ${place.frame}`;
    places.set(key, { ...place, refine: place.refine && (places.get(key)?.refine ?? true) });
  }
  return [...places.values()];
}

/** A click added to a mask refines it; a prompt moved or removed starts over. */
function changedPlaces(edit: Edit, document: AnnotationDocument): ChangedPlace[] {
  switch (edit.kind) {
    case 'add-prompt':
      return [{ objectId: edit.prompt.objectId, frame: edit.prompt.frame, refine: true }];
    case 'change-prompt':
    case 'remove-prompt': {
      const id = edit.kind === 'change-prompt' ? edit.prompt.id : edit.promptId;
      const before = document.prompts.find((one) => one.id === id);
      const places = [before, edit.kind === 'change-prompt' ? edit.prompt : undefined].filter(
        (one) => one !== undefined,
      );
      return places.map(({ objectId, frame }) => ({ objectId, frame, refine: false }));
    }
    case 'together':
      return edit.edits.flatMap((one) => changedPlaces(one, document));
    default:
      return [];
  }
}
