import type { AnnotationDocument, MaskStore, ObjectRecord } from '../annotation';
import { paintRunLength } from '../mask';
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

/** Reads masks out of a document, one frame in memory at a time. */
export class MaskReader {
  readonly #document: AnnotationDocument;
  readonly #store: MaskStore;

  constructor(document: AnnotationDocument, store: MaskStore) {
    this.#document = document;
    this.#store = store;
  }

  /** The run lengths of one object on one frame, or null where none was computed. */
  async runLength(objectId: string, frame: number): Promise<RunLength | null> {
    const entry = this.#document.track(objectId).entryAt(frame);
    return entry ? this.#store.get(entry.mask) : null;
  }

  /** 1 where the object is, else 0; into `data` where given. */
  async binary(objectId: string, frame: number, data?: Uint8Array): Promise<FrameMask> {
    const { width, height } = this.#document.video;
    const target = data ?? new Uint8Array(width * height);
    const mask = await this.runLength(objectId, frame);
    if (mask) paintRunLength(mask, target, 1);
    return { frame, data: target, shape: [height, width] };
  }

  /** Each pixel's object number, 0 for none; where two claim a pixel the one higher in the list has it. */
  async labels(objects: readonly ObjectRecord[], frame: number, data?: Uint8Array): Promise<FrameMask> {
    const { width, height } = this.#document.video;
    const target = data ?? new Uint8Array(width * height);
    for (const object of [...objects].reverse()) {
      const mask = await this.runLength(object.id, frame);
      if (mask) paintRunLength(mask, target, object.number);
    }
    return { frame, data: target, shape: [height, width] };
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
