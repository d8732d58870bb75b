import { baseOf, promptsMark } from '../annotation';
import type {
  AnnotationDocument,
  Edit,
  MaskId,
  MaskStore,
  ModelStamp,
  PromptRecord,
  Step,
  TrackEntry,
} from '../annotation';
import { runLengthArea, runLengthIou } from '../mask';
import type { RunLength } from '../mask';
import type { ModelRef, WirePrompts } from '../engine/host';
import { MaskReader } from './mask-arrays';
import type { Video } from './video';

/** Where prompts are answered: one object on one frame. */
export interface PromptPlace {
  readonly objectId: string;
  readonly frame: number;
}

/** What answering prompts needs of a session. */
export interface PromptDeskParts {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  readonly video: Video;
  modelRef(): ModelRef;
  /** What computes, for the provenance of its masks. */
  stamp(): Promise<ModelStamp>;
  commit(edit: Edit, step: Step): void;
  busy(now: boolean): void;
  /** Hears what an embedding of the model in use takes. */
  embeddingBytes(bytes: number): void;
}

/** A point that is not given yet, in stored pixels. */
export interface PreviewPoint {
  readonly x: number;
  readonly y: number;
  readonly positive: boolean;
}

interface Answer {
  readonly mask: RunLength;
  readonly score: number | null;
  readonly model: string | null;
}

/**
 * Asks the model for the mask that an object's prompts on a frame describe. Each request carries object, frame
 * and the prompts as they were when the user acted; an answer that newer prompts have overtaken is dropped.
 */
export class PromptDesk {
  readonly #parts: PromptDeskParts;
  readonly #latest = new Map<string, number>();
  /** Answers that are awaited, by place. */
  readonly #awaited = new Map<string, Promise<void>>();
  #requests = 0;
  #underWay = 0;

  constructor(parts: PromptDeskParts) {
    this.#parts = parts;
  }

  /**
   * Answers the prompts that stand at a place now; they build on the mask that was there before the first of them.
   * The answer is a part of `step`. Resolves when the mask is in the document, or when newer prompts took over.
   */
  answer(place: PromptPlace, step: Step): Promise<void> {
    const key = `${place.objectId} ${place.frame}`;
    const answered = this.#answer(place, step);
    const quiet = answered
      .catch(() => undefined)
      .then(() => {
        if (this.#awaited.get(key) === quiet) this.#awaited.delete(key);
      });
    this.#awaited.set(key, quiet);
    return answered;
  }

  /** Resolves when no answer is awaited at a place, whether it came or failed. */
  async settled({ objectId, frame }: PromptPlace): Promise<void> {
    const key = `${objectId} ${frame}`;
    for (let last = this.#awaited.get(key); last; last = this.#awaited.get(key)) await last;
  }

  /**
   * The mask that a frame would have with one more point, for an object that may not be there yet. Nothing is recorded.
   */
  async preview(objectId: string | null, frame: number, point: PreviewPoint): Promise<RunLength> {
    const { document } = this.#parts;
    const place = objectId === null ? null : { objectId, frame };
    const there = place && this.#isThere(place) ? document.promptsAt(place.objectId, frame) : [];
    const candidate = { ...point, id: '', objectId: objectId ?? '', frame, kind: 'point' } as const;
    const base = place && (await this.#base(place));
    return (await this.#compute([...there, candidate], place ?? { objectId: '', frame }, base)).mask;
  }

  /**
   * Has a frame looked at as the first prompt on an object there will need it, so that its answer comes quickly. Nothing is recorded.
   */
  async lookBefore(objectId: string | null, frame: number): Promise<void> {
    const { document, video } = this.#parts;
    const place = objectId === null ? null : { objectId, frame };
    const known = place && this.#isThere(place) ? place : null;
    // What the prompts that are there were answered in serves the next.
    if (known && document.promptsAt(known.objectId, frame).length > 0) return;
    const base = known && (await this.#base(known));
    await video.engines.model.call('look', {
      video: video.ref,
      model: this.#parts.modelRef(),
      frame,
      mask: base && filled(base),
    });
  }

  async #answer(place: PromptPlace, step: Step): Promise<void> {
    const { document } = this.#parts;
    const request = this.overtake(place);
    const prompts = this.#isThere(place) ? document.promptsAt(place.objectId, place.frame) : [];
    if (prompts.length === 0) return this.#clear(place, step);
    this.#count(1);
    try {
      const base = await this.#base(place);
      const answer = await this.#compute(prompts, place, base);
      if (!this.#isLatest(place, request)) return;
      await this.#put(place, promptsMark(prompts), { ...answer, base }, request, step);
    } finally {
      this.#count(-1);
    }
  }

  /** Drops the answer that is awaited at a place. Answers with the number of the request that takes its place. */
  overtake({ objectId, frame }: PromptPlace): number {
    const request = ++this.#requests;
    this.#latest.set(`${objectId} ${frame}`, request);
    return request;
  }

  /** True when the mask at a place is not the answer to the prompts there: an answer was overtaken, or never came. */
  isOutdated(place: PromptPlace): boolean {
    if (!this.#isThere(place)) return false;
    const { document } = this.#parts;
    const prompts = document.promptsAt(place.objectId, place.frame);
    const source = document.track(place.objectId).entryAt(place.frame)?.source;
    const answered = source?.kind === 'prompted' ? source.of : null;
    return prompts.length === 0 ? answered !== null : answered !== promptsMark(prompts);
  }

  async #compute(
    records: readonly PromptRecord[],
    place: PromptPlace,
    base: RunLength | null,
  ): Promise<Answer> {
    const { store, video } = this.#parts;
    const prompts = await wirePrompts(records, store);
    if (prompts.mask && prompts.points.length === 0 && !prompts.box)
      return { mask: prompts.mask, score: null, model: null };
    const { name, weights } = await this.#parts.stamp();
    const computing = this.#parts.modelRef();
    const answer = await video.engines.model.call('segment', {
      video: video.ref,
      model: computing,
      frame: place.frame,
      prompts,
      base: base && filled(base),
    });
    // Another model may be in use by now.
    if (this.#parts.modelRef() === computing) this.#parts.embeddingBytes(answer.embeddingBytes);
    return { mask: answer.mask, score: answer.score, model: `${name}@${weights}` };
  }

  async #put(
    place: PromptPlace,
    of: string,
    { mask, score, model, base: shown }: Answer & { readonly base: RunLength | null },
    request: number,
    step: Step,
  ): Promise<void> {
    const id = await this.#parts.store.put(mask);
    const base = await this.#kept(place, shown);
    // The object may be gone, or its prompts changed, while the mask was stored.
    if (!this.#isLatest(place, request) || !this.#isThere(place)) return;
    const before = this.#before(place);
    const source = {
      kind: 'prompted',
      of,
      ...(model === null ? {} : { model }),
      ...(before ? { before } : {}),
      ...(base === undefined ? {} : { base }),
    } as const;
    const entry: TrackEntry = {
      mask: id,
      source,
      area: runLengthArea(mask),
      ...(score === null ? {} : { score }),
    };
    this.#set(place, entry, step);
  }

  #set({ objectId, frame }: PromptPlace, entry: TrackEntry | null, step: Step): void {
    // A frame that was locked meanwhile keeps what it has; the prompts are answered when it is unlocked.
    if (this.#parts.document.isLocked(objectId, frame)) return;
    this.#parts.commit({ kind: 'set-track', objectId, changes: [{ frame, entry }] }, step);
  }

  /** The mask of a place that no prompt made. */
  #before(place: PromptPlace): TrackEntry | null {
    // The object may have been removed while its prompts were read.
    if (!this.#isThere(place)) return null;
    const entry = this.#parts.document.track(place.objectId).entryAt(place.frame);
    if (!entry) return null;
    return entry.source.kind === 'prompted' ? (entry.source.before ?? null) : entry;
  }

  /** What the prompts of a place build on: the mask that no prompt made, as it showed when the first was given. */
  async #base(place: PromptPlace): Promise<RunLength | null> {
    const before = this.#before(place);
    if (!before) return null;
    const { document, store } = this.#parts;
    const { source } = document.track(place.objectId).entryAt(place.frame)!;
    if (source.kind === 'prompted') return store.get(baseOf(source)!);
    return new MaskReader(document, store).changed(place.objectId, place.frame);
  }

  /** The id of what the prompts of a place build on; undefined where that is what is stored. */
  async #kept(place: PromptPlace, base: RunLength | null): Promise<MaskId | undefined> {
    const before = this.#before(place);
    if (!base || !before) return undefined;
    const { document, store } = this.#parts;
    const { source } = document.track(place.objectId).entryAt(place.frame)!;
    if (source.kind === 'prompted') return source.base;
    return runLengthIou(base, await store.get(before.mask)) === 1 ? undefined : store.put(base);
  }

  /** With its last prompt gone, a frame's prompted mask goes too; the propagated one it stood on comes back. */
  #clear(place: PromptPlace, step: Step): void {
    if (!this.#isThere(place)) return;
    const { document } = this.#parts;
    if (document.track(place.objectId).entryAt(place.frame)?.source.kind !== 'prompted') return;
    this.#set(place, this.#before(place), step);
  }

  #isThere({ objectId }: PromptPlace): boolean {
    return this.#parts.document.objects.some((one) => one.id === objectId);
  }

  #isLatest({ objectId, frame }: PromptPlace, request: number): boolean {
    return this.#latest.get(`${objectId} ${frame}`) === request;
  }

  #count(by: 1 | -1): void {
    this.#underWay += by;
    if (this.#underWay === (by === 1 ? 1 : 0)) this.#parts.busy(by === 1);
  }
}

/** A mask that has pixels; null for an empty one. */
function filled(mask: RunLength): RunLength | null {
  return runLengthArea(mask) > 0 ? mask : null;
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

/** The places whose prompts an edit changes, each once; as the document is before the edit. */
export function promptPlaces(edit: Edit, document: AnnotationDocument): PromptPlace[] {
  const places = new Map<string, PromptPlace>();
  for (const { objectId, frame } of changedPlaces(edit, document))
    places.set(`${objectId} ${frame}`, { objectId, frame });
  return [...places.values()];
}

function changedPlaces(edit: Edit, document: AnnotationDocument): readonly PromptPlace[] {
  switch (edit.kind) {
    case 'add-prompt':
      return [edit.prompt];
    case 'change-prompt':
      return [...document.prompts.filter((one) => one.id === edit.prompt.id), edit.prompt];
    case 'remove-prompt':
      return document.prompts.filter((one) => one.id === edit.promptId);
    case 'together':
      return edit.edits.flatMap((one) => changedPlaces(one, document));
    default:
      return [];
  }
}

/** The places that an edit which was applied, such as one taken back, has changed in prompts or masks. */
export function touchedPlaces({
  edit,
  inverse,
}: {
  readonly edit: Edit;
  readonly inverse: Edit;
}): PromptPlace[] {
  return [...promptsIn(edit), ...promptsIn(inverse)].map(({ objectId, frame }) => ({ objectId, frame }));
}

function promptsIn(edit: Edit): readonly PromptPlace[] {
  if (edit.kind === 'together') return edit.edits.flatMap(promptsIn);
  return edit.kind === 'add-prompt' || edit.kind === 'change-prompt' ? [edit.prompt] : [];
}
