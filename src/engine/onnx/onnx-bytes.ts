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

/** TensorProto's names of element types. */
const elements = { float: 1, uint8: 2, int8: 3 } as const;

/** ValueInfoProto of a matrix with two named dimensions. */
function matrix(name: string, element: number, rows: string, columns: string): Uint8Array {
  const shape = message([1, message([2, rows])], [1, message([2, columns])]);
  return message([1, name], [2, message([1, message([1, element], [2, shape])])]);
}

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Uint8Array[]
): Uint8Array {
  return message(
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [4, operator],
    ...attributes.map((one): Field => [5, one]),
  );
}

/**
 * A model that shows one more of its inner tensors. Protocol buffers merge when they are put one after the
 * other, so a model followed by a model that holds nothing but a graph with one output is the first model with
 * that output added.
 */
export function withOutput(model: Uint8Array, tensorName: string): Uint8Array {
  const output = message([1, tensorName], [2, message([1, message([1, elements.float])])]);
  return Buffer.concat([model, message([7, message([12, output])])]);
}

/** What is taken away from each of the dot product's queries. */
export const queryOffset = 64;

/**
 * A model without weights: float32 `scores`[rows, columns] = (uint8 `queries`[rows, n] - {@link queryOffset}) times (int8
 * `keys`[columns, n] transposed). Whole numbers are multiplied faster, and kept in a quarter of the memory.
 */
export function dotProductModel(): Uint8Array {
  const swapped = message([1, 'perm'], [8, 1], [8, 0], [20, 7]);
  const toFloat = message([1, 'to'], [3, elements.float], [20, 2]);
  const offset = message([2, elements.uint8], [8, 'offset'], [9, Uint8Array.of(queryOffset)]);
  const graph = message(
    [1, node('Transpose', ['keys'], 'turned', swapped)],
    [1, node('MatMulInteger', ['queries', 'turned', 'offset'], 'products')],
    [1, node('Cast', ['products'], 'scores', toFloat)],
    [2, 'dot-product'],
    [5, offset],
    [11, matrix('queries', elements.uint8, 'rows', 'n')],
    [11, matrix('keys', elements.int8, 'columns', 'n')],
    [12, matrix('scores', elements.float, 'rows', 'columns')],
  );
  return message([1, 8], [7, graph], [8, message([2, 13])]);
}
