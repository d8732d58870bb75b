/** The tables that SAM 2 computes instead of learning; a manifest names them, the shape says the rest. */
export type TableKind =
  | 'sine'
  | 'sine-channels-first'
  | 'memory-sine'
  | 'perceiver-sine'
  | 'rope-cos'
  | 'rope-sin'
  | 'perceiver-rope-cos'
  | 'perceiver-rope-sin'
  | 'dim-t';

/** All kinds, to check a manifest against. */
export const tableKinds: readonly TableKind[] = [
  'sine',
  'sine-channels-first',
  'memory-sine',
  'perceiver-sine',
  'rope-cos',
  'rope-sin',
  'perceiver-rope-cos',
  'perceiver-rope-sin',
  'dim-t',
];

const temperature = 10_000;
const { fround } = Math;

/** A table of a kind, float32 in C order, of the given shape. */
export function positionTable(kind: TableKind, shape: readonly number[]): Float32Array {
  const rows = shape[shape.length - 2] ?? 1;
  const columns = shape[shape.length - 1]!;
  switch (kind) {
    case 'sine':
    case 'memory-sine':
      return sine(Math.sqrt(rows), columns);
    case 'sine-channels-first':
      return channelsFirst(sine(columns, shape[1]!), shape[1]!);
    case 'perceiver-sine':
      return afterFirstHalf(sine(Math.sqrt(rows / 2), columns), 0);
    case 'rope-cos':
      return rope(Math.sqrt(rows), columns, Math.cos);
    case 'rope-sin':
      return rope(Math.sqrt(rows), columns, Math.sin);
    case 'perceiver-rope-cos':
      return afterFirstHalf(rope(Math.sqrt(rows / 2), columns, Math.cos), 1);
    case 'perceiver-rope-sin':
      return afterFirstHalf(rope(Math.sqrt(rows / 2), columns, Math.sin), 0);
    case 'dim-t':
      return Float32Array.from(
        { length: columns },
        (_, i) => temperature ** ((2 * Math.floor(i / 2)) / columns),
      );
  }
}

/**
 * float32[side², features]: half of the features tell the row, half the column, as sines and cosines of growing
 * wave length; places are 1 … side, scaled to a full turn (PositionEmbeddingSine, position_encoding.py).
 */
function sine(side: number, features: number): Float32Array {
  const half = features / 2;
  const table = new Float32Array(side * side * features);
  const waves = Array.from({ length: half }, (_, i) =>
    fround(temperature ** ((2 * Math.floor(i / 2)) / half)),
  );
  const turn = Array.from({ length: side }, (_, i) =>
    fround(fround(fround(i + 1) / fround(side + 1e-6)) * fround(2 * Math.PI)),
  );
  for (let place = 0; place < side * side; place++) {
    const [row, column] = [turn[Math.floor(place / side)]!, turn[place % side]!];
    for (let i = 0; i < half; i++) {
      const wave = i % 2 === 0 ? Math.sin : Math.cos;
      table[place * features + i] = wave(fround(row / waves[i]!));
      table[place * features + half + i] = wave(fround(column / waves[i]!));
    }
  }
  return table;
}

function channelsFirst(table: Float32Array, channels: number): Float32Array {
  const places = table.length / channels;
  return Float32Array.from(table, (_, i) => table[(i % places) * channels + Math.floor(i / places)]!);
}

/** EdgeTAM: tokens without a place come first. */
function afterFirstHalf(table: Float32Array, neutral: number): Float32Array {
  const whole = new Float32Array(table.length * 2).fill(neutral);
  whole.set(table, table.length);
  return whole;
}

/**
 * float32[side², pairs]: the cosine or sine by which each pair of channels is rotated, first pairs by column, then
 * by row (compute_axial_cis, position_encoding.py).
 */
function rope(side: number, pairs: number, wave: (angle: number) => number): Float32Array {
  const half = pairs / 2;
  const table = new Float32Array(side * side * pairs);
  for (let i = 0; i < half; i++) {
    const frequency = fround(1 / fround(temperature ** ((2 * i) / pairs)));
    for (let place = 0; place < side * side; place++) {
      table[place * pairs + i] = wave(fround((place % side) * frequency));
      table[place * pairs + half + i] = wave(fround(Math.floor(place / side) * frequency));
    }
  }
  return table;
}
