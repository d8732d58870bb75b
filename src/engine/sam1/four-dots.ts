import { fourDotsModule } from './four-dots-module';
import type { Features } from './mobile-embedding';

/** Places that are compared at once, at most. */
const mostPlaces = 128;
/** Where the places' addresses lie, and what was found; vectors come behind. */
const [addresses, results, vectors] = [0, 4 * mostPlaces, 20 * mostPlaces] as const;
const page = 65536;

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly dots: (places: number, end: number, upper: number, lower: number, out: number) => void;
}

/** What is used of WebAssembly, which is in every Node and in no type declarations but the browser's. */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: Exports };
  };
};

/**
 * Dot products of four neighbours, two above two, with vectors of other maps; by WebAssembly, sixteen channels at a time: a
 * tenth of the time that they take in JavaScript. Channels come in sixteens.
 */
export class FourDots {
  readonly channels: number;
  readonly #module: Exports;
  #columns = 0;
  #mapBytes = 0;
  #places: Int32Array;
  #results: Int32Array;
  #count = 0;

  constructor(channels: number) {
    if (channels % 16 !== 0) throw new RangeError(`vectors of ${channels} channels`);
    this.channels = channels;
    const module = new WebAssembly.Module(fourDotsModule(channels));
    this.#module = new WebAssembly.Instance(module).exports;
    this.#places = new Int32Array(this.#module.memory.buffer, addresses, mostPlaces);
    this.#results = new Int32Array(this.#module.memory.buffer, results, 4 * mostPlaces);
  }

  /** Takes over the map that the four are of, and those that they are compared with, all of the same size. */
  take(four: Features, others: readonly Features[]): void {
    const { memory } = this.#module;
    this.#columns = four.columns;
    this.#mapBytes = four.data.byteLength;
    const missing = vectors + (1 + others.length) * this.#mapBytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / page));
    const bytes = new Int8Array(memory.buffer);
    [four, ...others].forEach(({ data }, i) => {
      bytes.set(data, vectors + i * this.#mapBytes);
    });
    this.#places = new Int32Array(memory.buffer, addresses, mostPlaces);
    this.#results = new Int32Array(memory.buffer, results, 4 * mostPlaces);
    this.#count = 0;
  }

  /** One more place of the `which`th of the others; up to 128 before they are compared. */
  add(which: number, place: number): void {
    this.#places[this.#count++] = vectors + (1 + which) * this.#mapBytes + place * this.channels;
  }

  /**
   * int32[4 * places]: the products of the places that were added with the one at `first`, that right of it, and the two below; until
   * the next call.
   */
  compare(first: number): Int32Array {
    const upper = vectors + first * this.channels;
    const lower = upper + this.#columns * this.channels;
    this.#module.dots(addresses, addresses + 4 * this.#count, upper, lower, results);
    this.#count = 0;
    return this.#results;
  }
}
