import type { AnnotationDocument, MaskStore, ObjectRecord } from '../annotation';
import { emptyRunLength, paintRunLength, runLengthArea, withoutRunLengths } from '../mask';
import type { RunLength } from '../mask';

/**
 * Masks as numbers. `data` is in C order: `data[(t * height + y) * width + x]` with `shape` = [frames, height,
 * width]; `frames[t]` is the video's frame number of slice t.
 */
export interface MaskArray {
  readonly data: Uint8Array;
  readonly shape: readonly [frames: number, height: number, width: number];
  readonly frames: Int32Array;
}

/** One frame's masks as numbers: `data[y * width + x]`, `shape` = [height, width]. */
export interface FrameMask {
  readonly frame: number;
  readonly data: Uint8Array;
  readonly shape: readonly [height: number, width: number];
}

/**
 * Reads masks out of a document, one frame in memory at a time. What the user settled is seen here: an object that was
 * said to be absent has no pixels, and a pixel that two claim is given by the overlap rule (F8). What is stored stays
 * as it is, so that another rule can be chosen at any time.
 */
export class MaskReader {
  readonly #document: AnnotationDocument;
  readonly #store: MaskStore;

  constructor(document: AnnotationDocument, store: MaskStore) {
    this.#document = document;
    this.#store = store;
  }

  /** The run lengths of one object on one frame, or null where none was computed. */
  async runLength(objectId: string, frame: number): Promise<RunLength | null> {
    const mask = await this.#stored(objectId, frame);
    if (!mask || this.#document.settings.overlap === 'allow' || runLengthArea(mask) === 0) return mask;
    const order = this.#ranked(this.#document.objects, frame);
    const before = order.slice(0, order.indexOf(objectId));
    if (before.length === 0) return mask;
    const others = [];
    for (const id of before) {
      const other = await this.#stored(id, frame);
      if (other) others.push(other);
    }
    return withoutRunLengths(mask, others);
  }

  /**
   * What a correction that is carried to a frame changes. Where the model's score decides between objects, what is carried has the pixels that it
   * claims: so it is what the object has there now, or it would take all that it once lost. Where the list decides nothing changes hands.
   */
  async changed(objectId: string, frame: number): Promise<RunLength | null> {
    const { overlap } = this.#document.settings;
    return overlap === 'score' ? this.runLength(objectId, frame) : this.#stored(objectId, frame);
  }

  /** 1 where the object is, else 0; into `data` where given. */
  async binary(objectId: string, frame: number, data?: Uint8Array): Promise<FrameMask> {
    const { width, height } = this.#document.video;
    const target = data ?? new Uint8Array(width * height);
    const mask = await this.runLength(objectId, frame);
    if (mask) paintRunLength(mask, target, 1);
    return { frame, data: target, shape: [height, width] };
  }

  /**
   * Each pixel's object number, 0 for none. A label map holds one object a pixel: where the rule allows two, the one
   * higher in the list is in it.
   */
  async labels(objects: readonly ObjectRecord[], frame: number, data?: Uint8Array): Promise<FrameMask> {
    const { width, height } = this.#document.video;
    const target = data ?? new Uint8Array(width * height);
    const numbers = new Map(objects.map(({ id, number }) => [id, number]));
    for (const id of this.#ranked(objects, frame).reverse()) {
      const mask = await this.#stored(id, frame);
      if (mask) paintRunLength(mask, target, numbers.get(id)!);
    }
    return { frame, data: target, shape: [height, width] };
  }

  /** Ids of objects, the one that has a pixel before others first. */
  #ranked(objects: readonly ObjectRecord[], frame: number): string[] {
    const ids = objects.map((one) => one.id);
    if (this.#document.settings.overlap !== 'score') return ids;
    const ranks = new Map(ids.map((id) => [id, this.#rank(id, frame)]));
    // Sorting is stable, so equals stay in the list's order.
    return ids.sort((a, b) => {
      const [one, other] = [ranks.get(a)!, ranks.get(b)!];
      const at = one.findIndex((value, i) => value !== other[i]);
      return at < 0 ? 0 : other[at]! - one[at]!;
    });
  }

  /**
   * What speaks for an object's mask where another claims the same pixels, what counts most first: the user's word, the
   * later one before the earlier; a correction's run, the later one before the earlier; the model's score.
   */
  #rank(id: string, frame: number): readonly [said: number, corrected: number, score: number] {
    const { prompts, runs } = this.#document;
    const entry = this.#document.track(id).entryAt(frame);
    if (!entry) return [-1, -1, -Infinity];
    const { source, score = 0 } = entry;
    if (source.kind === 'propagated') {
      const run = runs.findIndex((one) => one.id === source.run);
      return [-1, runs[run]?.from === undefined ? -1 : run, score];
    }
    // A negative click says of no pixel that it is the object's.
    const said = prompts.map(
      (one) => one.objectId === id && one.frame === frame && (one.kind !== 'point' || one.positive),
    );
    return [said.lastIndexOf(true) + 1, -1, score];
  }

  async #stored(objectId: string, frame: number): Promise<RunLength | null> {
    const { width, height } = this.#document.video;
    if (this.#document.isAbsent(objectId, frame)) return emptyRunLength(width, height);
    const entry = this.#document.track(objectId).entryAt(frame);
    return entry ? this.#store.get(entry.mask) : null;
  }

  /** Frames `first` to `last` (inclusive) of one reader, as one array. */
  async stack(
    [first, last]: readonly [number, number],
    read: (frame: number, data: Uint8Array) => Promise<unknown>,
  ): Promise<MaskArray> {
    const { width, height } = this.#document.video;
    const count = last - first + 1;
    const data = new Uint8Array(count * width * height);
    for (let i = 0; i < count; i++) {
      await read(first + i, data.subarray(i * width * height, (i + 1) * width * height));
    }
    return {
      data,
      shape: [count, height, width],
      frames: Int32Array.from({ length: count }, (_, i) => first + i),
    };
  }
}
