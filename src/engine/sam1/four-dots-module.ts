/** A number as WebAssembly writes it: seven bits a byte, the lowest first. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
}

const sized = (bytes: readonly number[]): number[] => [...leb(bytes.length), ...bytes];
const text = (word: string): number[] => sized([...Buffer.from(word)]);
const section = (id: number, ...entries: (readonly number[])[]): number[] => [
  id,
  ...sized([entries.length, ...entries.flat()]),
];

const type = { i32: 0x7f, v128: 0x7b, none: 0x40 } as const;
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const i32 = {
  constant: (value: number): number[] => [0x41, value],
  load: [0x28, 2, 0],
  add: [0x6a],
  lessUnsigned: [0x49],
  notLessUnsigned: [0x4f],
} as const;
const branchIf = (depth: number): number[] => [0x0d, depth];
const branch = (depth: number): number[] => [0x0c, depth];
const block = (...body: (readonly number[])[]): number[] => [0x02, type.none, ...body.flat(), 0x0b];
const loop = (...body: (readonly number[])[]): number[] => [0x03, type.none, ...body.flat(), 0x0b];

/** Sixteen bytes, eight halves of words or four words at once. */
const simd = {
  load: (offset: number): number[] => [0xfd, 0x00, 0, ...leb(offset)],
  store: [0xfd, 0x0b, 0, 0],
  splat: [0xfd, 0x11],
  add: [0xfd, ...leb(0xae)],
  /** Products of bytes with signs, of the lower eight and of the upper. */
  lowProducts: [0xfd, ...leb(0x9c)],
  highProducts: [0xfd, ...leb(0x9d)],
  /** Neighbours added up, in twice the bits. */
  addPairs: [0xfd, 0x7e],
  /** Four words of two fours: 0 to 3 are the first's. */
  pick: (...words: number[]): number[] => [
    0xfd,
    0x0d,
    ...words.flatMap((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte)),
  ],
} as const;

const [places, end, upper, lower, out] = [0, 1, 2, 3, 4];
const [vector, stop, left, right] = [5, 6, 7, 8];
const [sums, bytes] = [[9, 10, 11, 12], 13] as const;

const step = (local: number, by: number): number[] => [
  ...get(local),
  ...i32.constant(by),
  ...i32.add,
  ...set(local),
];

/** Sixteen channels of one of the four, multiplied and added to its sum. */
const addProducts = (sum: number, from: number, offset: number): number[] => [
  ...get(sum),
  ...[simd.lowProducts, simd.highProducts].flatMap((products) => [
    ...get(bytes),
    ...get(from),
    ...simd.load(offset),
    ...products,
    ...simd.addPairs,
    ...simd.add,
  ]),
  ...set(sum),
];

/** Two sums' words, added up by pairs: [a + a, a + a, b + b, b + b]. */
const paired = (one: number, other: number): number[] => [
  ...get(one),
  ...get(other),
  ...simd.pick(0, 2, 4, 6),
  ...get(one),
  ...get(other),
  ...simd.pick(1, 3, 5, 7),
  ...simd.add,
];

/**
 * A WebAssembly module for dot products of vectors of bytes with signs, `channels` long, a multiple of sixteen. Exports `memory` and
 * `dots(places, end, upper, lower, out)`: for each address from `places` up to `end` four int32 are put at `out`, the products of the vector
 * there with those at `upper`, behind it, at `lower` and behind that.
 */
export function fourDotsModule(channels: number): Uint8Array<ArrayBuffer> {
  const body = block(
    loop(
      [...get(places), ...get(end), ...i32.notLessUnsigned, ...branchIf(1)],
      [...get(places), ...i32.load, ...set(vector)],
      [...get(vector), 0x41, ...signed(channels), ...i32.add, ...set(stop)],
      [...get(upper), ...set(left), ...get(lower), ...set(right)],
      ...sums.map((sum) => [...i32.constant(0), ...simd.splat, ...set(sum)]),
      loop(
        [...get(vector), ...simd.load(0), ...set(bytes)],
        addProducts(sums[0], left, 0),
        addProducts(sums[1], left, channels),
        addProducts(sums[2], right, 0),
        addProducts(sums[3], right, channels),
        [...step(left, 16), ...step(right, 16), ...step(vector, 16)],
        [...get(vector), ...get(stop), ...i32.lessUnsigned, ...branchIf(0)],
      ),
      paired(sums[0], sums[1]),
      set(sums[0]),
      paired(sums[2], sums[3]),
      set(sums[1]),
      [...get(out), ...paired(sums[0], sums[1]), ...simd.store],
      [...step(out, 16), ...step(places, 4), ...branch(0)],
    ),
  );
  const locals = [2, 4, type.i32, 5, type.v128];
  const parameters = [5, type.i32, type.i32, type.i32, type.i32, type.i32];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [0x60, ...parameters, 0]),
    ...section(3, [0]),
    ...section(5, [0, 1]),
    ...section(7, [...text('memory'), 2, 0], [...text('dots'), 0, 0]),
    ...section(10, sized([...locals, ...body, 0x0b])),
  ]);
}

/** A number as a constant is written, whose highest bit would be a sign. */
function signed(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}
