import { fourDotsModule } from './four-dots-module';
import type { Features } from './mobile-embedding';
import { tuning } from './tuning';

/** Places that are compared at once, at most. */
const mostPlaces = 128;
/** Where the places' addresses lie, and what was found; vectors come behind. */
const [addresses, results, vectors] = [0, 4 * mostPlaces, 20 * mostPlaces] as const;
const page = 65536;

/** Maps that stay where they are: those of a frame, and of all that an object remembers, which the objects of a run share. */
const mapsKept: number = 1 + tuning.recentFrames + tuning.spacedFrames + tuning.promptedFrames;

/** Room for a map, whose it is, and when that was taken last. A map is kept by others, and not for this. */
interface Room {
  readonly at: number;
  map: WeakRef<Int8Array>;
  taken: number;
}

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
  #rooms: Room[] = [];
  #takes = 0;
  /** Where the maps lie that were taken last, that of the four first. */
  #taken: readonly number[] = [];
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

  /** Takes over the map that the four are of, and those that they are compared with, all of the same size; they must not change. */
  take(four: Features, others: readonly Features[]): void {
    if (four.data.byteLength !== this.#mapBytes) this.#rooms = [];
    this.#mapBytes = four.data.byteLength;
    this.#columns = four.columns;
    this.#count = 0;
    this.#takes++;
    const maps = [four, ...others];
    // Those that are there stay; only then is there room to be made for those that are not.
    for (const { data } of maps) {
      const room = this.#roomOf(data);
      if (room) room.taken = this.#takes;
    }
    this.#taken = maps.map(({ data }) => (this.#roomOf(data) ?? this.#moveIn(data)).at);
  }

  #roomOf(data: Int8Array): Room | undefined {
    return this.#rooms.find(({ map }) => map.deref() === data);
  }

  /** Copies a map to where one lay that has not been taken for the longest time, or behind them all. */
  #moveIn(data: Int8Array): Room {
    let room = this.#rooms.reduce<Room | null>(
      (oldest, one) => (oldest && oldest.taken <= one.taken ? oldest : one),
      null,
    );
    const [map, taken] = [new WeakRef(data), this.#takes];
    if (!room || this.#rooms.length < mapsKept || room.taken === taken) {
      room = { at: vectors + this.#rooms.length * this.#mapBytes, map, taken };
      this.#rooms.push(room);
      this.#growTo(room.at + this.#mapBytes);
    }
    room.map = map;
    room.taken = taken;
    new Int8Array(this.#module.memory.buffer).set(data, room.at);
    return room;
  }

  #growTo(bytes: number): void {
    const { memory } = this.#module;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / page));
    this.#places = new Int32Array(memory.buffer, addresses, mostPlaces);
    this.#results = new Int32Array(memory.buffer, results, 4 * mostPlaces);
  }

  /** One more place of the `which`th of the others; up to 128 before they are compared. */
  add(which: number, place: number): void {
    this.#places[this.#count++] = this.#taken[1 + which]! + place * this.channels;
  }

  /**
   * int32[4 * places]: the products of the places that were added with the one at `first`, that right of it, and the two below; until
   * the next call.
   */
  compare(first: number): Int32Array {
    const upper = this.#taken[0]! + first * this.channels;
    const lower = upper + this.#columns * this.channels;
    this.#module.dots(addresses, addresses + 4 * this.#count, upper, lower, results);
    this.#count = 0;
    return this.#results;
  }
}
