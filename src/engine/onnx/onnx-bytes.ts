// The few lines of protocol buffers that ONNX files need here. Field numbers are those of onnx.proto3 (ONNX 1.19).

type Field = readonly [number: number, value: number | string | Uint8Array];

/** A message: varints for numbers, length-delimited for texts and messages within. */
function message(...fields: readonly Field[]): Uint8Array {
  const parts = fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [varint(number << 3), varint(value)];
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    return [varint((number << 3) | 2), varint(bytes.length), bytes];
  });
  return Buffer.concat(parts);
}

function varint(value: number): Uint8Array {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  return Uint8Array.of(...bytes, rest);
}

const FLOAT = 1;

/** ValueInfoProto of a float matrix with two named dimensions. */
function matrix(name: string, rows: string, columns: string): Uint8Array {
  const shape = message([1, message([2, rows])], [1, message([2, columns])]);
  return message([1, name], [2, message([1, message([1, FLOAT], [2, shape])])]);
}

/**
 * A model that shows one more of its inner tensors. Protocol buffers merge when they are put one after the
 * other, so a model followed by a model that holds nothing but a graph with one output is the first model with
 * that output added.
 */
export function withOutput(model: Uint8Array, tensorName: string): Uint8Array {
  const output = message([1, tensorName], [2, message([1, message([1, FLOAT])])]);
  return Buffer.concat([model, message([7, message([12, output])])]);
}

/** A model without weights: `scores`[rows, columns] = `queries`[rows, n] times `keys`[columns, n] transposed. */
export function dotProductModel(): Uint8Array {
  const transposed = message([1, 'transB'], [3, 1], [20, 2]);
  const node = message([1, 'queries'], [1, 'keys'], [2, 'scores'], [4, 'Gemm'], [5, transposed]);
  const graph = message(
    [1, node],
    [2, 'dot-product'],
    [11, matrix('queries', 'rows', 'n')],
    [11, matrix('keys', 'columns', 'n')],
    [12, matrix('scores', 'rows', 'columns')],
  );
  return message([1, 8], [7, graph], [8, message([2, 13])]);
}
