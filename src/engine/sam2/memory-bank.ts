import type { ObjectMemory, PassFacts } from '../tracking';
import type { Sam2Settings } from './sam2-config';

/** One frame that is remembered of one object. */
export interface Remembered {
  readonly frame: number;
  /** bfloat16[tokens, memoryWidth]. */
  readonly tokens: Uint16Array;
  /** int32[tokens]: the place of each token in its frame. */
  readonly places: Int32Array;
  /** float32[width]. */
  readonly pointer: Float32Array;
}

/** What is looked at when a frame is computed. */
export interface Recollection {
  /** Frames with the row of the temporal table that each takes. */
  readonly memories: readonly { readonly of: Remembered; readonly row: number }[];
  /** Pointers with how long ago they were, as a share of the longest time. */
  readonly pointers: readonly { readonly pointer: Float32Array; readonly ago: number }[];
}

/** SAM 2's numbers (sam2.1_hiera_*.yaml): memories of six frames and of what was prompted, sixteen pointers. */
const recentLimit = 6;
const pointerLimit = 16;
/** The temporal table's row of prompted frames. */
const promptedRow = 6;
/** SAM 2 was trained with this many prompted frames; it would look at all, and take ever longer. */
const promptedLimit = 4;

/**
 * One object along one pass: the frames that were prompted, and the last ones. Follows SAM 2's
 * `_prepare_memory_conditioned_features` (sam2_base.py).
 */
export class MemoryBank implements ObjectMemory {
  readonly #facts: PassFacts;
  readonly #stride: number;
  readonly #recentFrames: number;
  readonly #promptedFrames: number;
  readonly #prompted = new Map<number, Remembered>();
  readonly #recent = new Map<number, Remembered>();

  constructor(facts: PassFacts, settings: Sam2Settings = {}) {
    this.#facts = facts;
    this.#stride = facts.stride ?? 1;
    this.#recentFrames = Math.min(recentLimit, settings.recentFrames ?? recentLimit);
    this.#promptedFrames = settings.promptedFrames ?? promptedLimit;
  }

  get bytes(): number {
    let bytes = 0;
    for (const { tokens, places, pointer } of [...this.#prompted.values(), ...this.#recent.values()])
      bytes += tokens.byteLength + places.byteLength + pointer.byteLength;
    return bytes;
  }

  get isEmpty(): boolean {
    return this.#prompted.size + this.#recent.size === 0;
  }

  /** Frames that are kept: for tests and for telling what a memory costs. */
  get frames(): { prompted: number[]; recent: number[] } {
    return { prompted: [...this.#prompted.keys()], recent: [...this.#recent.keys()] };
  }

  add(one: Remembered, prompted: boolean): void {
    if (prompted) {
      this.#recent.delete(one.frame);
      this.#prompted.set(one.frame, one);
      return;
    }
    if (this.#prompted.has(one.frame)) return;
    this.#recent.set(one.frame, one);
    this.#letGo(one.frame);
  }

  /** What counts for a frame. */
  recall(frame: number): Recollection {
    const chosen = closestFrames(frame, [...this.#prompted.keys()], this.#promptedFrames);
    const prompted = chosen.map((at) => this.#prompted.get(at)!);
    const unchosen = (at: number): Remembered | undefined =>
      chosen.includes(at) ? undefined : this.#prompted.get(at);
    const before = (steps: number): Remembered | undefined => {
      if (this.#stride > 1) return this.#stepsBack(frame, steps);
      const at = this.#facts.reverse ? frame + steps : frame - steps;
      return this.#recent.get(at) ?? unchosen(at);
    };
    const memories = prompted.map((of) => ({ of, row: promptedRow }));
    for (let steps = this.#recentFrames; steps >= 1; steps--) {
      const of = before(steps);
      if (of && of.tokens.length > 0) memories.push({ of, row: steps - 1 });
    }
    const span = Math.min(this.#facts.frameCount, pointerLimit);
    const longest = Math.max(1, span - 1);
    const sign = this.#facts.reverse ? -1 : 1;
    const pointers = prompted
      .filter((one) => (frame - one.frame) * sign >= 0)
      .map((one) => ({ pointer: one.pointer, ago: ((frame - one.frame) * sign) / longest }));
    for (let steps = 1; steps < span; steps++) {
      const one = before(steps);
      if (one) pointers.push({ pointer: one.pointer, ago: steps / longest });
    }
    return { memories, pointers };
  }

  /** Where frames are skipped, those that were computed count as if they followed each other. */
  #stepsBack(frame: number, steps: number): Remembered | undefined {
    const past = [...this.#recent.keys()].filter((at) => (this.#facts.reverse ? at > frame : at < frame));
    const nearest = past.sort((a, b) => Math.abs(a - frame) - Math.abs(b - frame))[steps - 1];
    return nearest === undefined ? undefined : this.#recent.get(nearest);
  }

  /** Of frames further back than memories reach only the pointer is kept, and of those beyond pointers nothing. */
  #letGo(now: number): void {
    for (const [frame, one] of this.#recent) {
      const ago = Math.abs(now - frame) / this.#stride;
      if (ago >= pointerLimit) this.#recent.delete(frame);
      else if (ago >= recentLimit && one.tokens.length > 0)
        this.#recent.set(frame, { ...one, tokens: new Uint16Array(0), places: new Int32Array(0) });
    }
  }
}

/**
 * At most `limit` of the prompted frames: the nearest before, the nearest at or after, then the nearest of the
 * rest (sam2_utils.py, select_closest_cond_frames). In the order given where all fit.
 */
export function closestFrames(frame: number, prompted: readonly number[], limit: number): number[] {
  if (prompted.length <= limit) return [...prompted];
  const before = prompted.filter((one) => one < frame).sort((a, b) => b - a)[0];
  const after = prompted.filter((one) => one >= frame).sort((a, b) => a - b)[0];
  const chosen = [before, after].filter((one) => one !== undefined).slice(0, limit);
  const rest = prompted
    .filter((one) => !chosen.includes(one))
    .sort((a, b) => Math.abs(a - frame) - Math.abs(b - frame));
  return [...chosen, ...rest.slice(0, limit - chosen.length)];
}
