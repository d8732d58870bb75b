import type { RunLength } from '../mask';
import type { MaskId, MaskStore } from './records';

/** A {@link MaskStore} in memory: run lengths only, some hundred bytes to a few kilobytes a mask. */
export class MemoryMaskStore implements MaskStore {
  readonly #masks = new Map<MaskId, RunLength>();
  #next = 1;

  put(mask: RunLength): Promise<MaskId> {
    const id = `m${this.#next++}`;
    this.#masks.set(id, mask);
    return Promise.resolve(id);
  }

  get(id: MaskId): Promise<RunLength> {
    const mask = this.#masks.get(id);
    return mask ? Promise.resolve(mask) : Promise.reject(new TypeError(`no mask has the id ${id}`));
  }
}
