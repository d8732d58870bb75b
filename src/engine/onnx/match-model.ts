import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';
import { int, ints, longs, node, tensor } from './graph-parts';

/** What is taken away from each of a match model's queries. */
export const queryOffset = 64;

/**
 * A model without weights: for each of a block of vectors the most alike in a window of a map. Whole numbers are multiplied
 * faster than floats, and are exact; what is dear to take out of a graph, all their products, stays in it.
 *
 * In: uint8 `queries`[h * w, n], {@link queryOffset} above what they mean; int8 `map`[rows, columns, n], the window's corners
 * int64 `starts`[2] and `ends`[2] in it, excluding the second; what is taken off each product for its place, float32
 * `down`[h, 1, height, 1] and `across`[w, height, width], added up; int64 `sizes` = [h, w, height, width], `count` = [k], `steps`[m]
 * from a match to places beside it, and the window's `last` place.
 *
 * Out, as floats: `places`[h * w, k] in the window, the best first, and `around`[h * w, k * m], the plain products at a match's
 * steps, held to the window from its first to its last place.
 */
export function matchModel(): Uint8Array {
  const { FLOAT, UINT8, INT8, INT64 } = TensorProto_DataType;
  const graph = {
    name: 'match',
    node: [
      node('Slice', ['map', 'starts', 'ends', 'plane'], 'window'),
      node('Flatten', ['window'], 'keys', int('axis', 2)),
      node('Transpose', ['keys'], 'turned', ints('perm', 1, 0)),
      node('MatMulInteger', ['queries', 'turned', 'offset'], 'products'),
      node('Cast', ['products'], 'sums', int('to', FLOAT)),
      node('Reshape', ['sums', 'sizes'], 'grid'),
      node('Add', ['grid', 'down'], 'lowered'),
      node('Add', ['lowered', 'across'], 'priced'),
      node('Flatten', ['priced'], 'scores', int('axis', 2)),
      node('TopK', ['scores', 'count'], ['most', 'best'], int('axis', 1)),
      node('Cast', ['best'], 'places', int('to', FLOAT)),
      node('Unsqueeze', ['best', 'third'], 'matches'),
      node('Add', ['matches', 'steps'], 'stepped'),
      node('Flatten', ['stepped'], 'anywhere', int('axis', 1)),
      node('Clip', ['anywhere', 'first', 'last'], 'beside'),
      node('GatherElements', ['products', 'beside'], 'there', int('axis', 1)),
      node('Cast', ['there'], 'around', int('to', FLOAT)),
    ],
    initializer: [
      { name: 'offset', dataType: UINT8, rawData: Uint8Array.of(queryOffset) },
      { name: 'first', dataType: INT64, int64Data: [0n] },
      longs('plane', 0, 1),
      longs('third', 2),
    ],
    input: [
      tensor('queries', UINT8, 'cells', 'n'),
      tensor('map', INT8, 'rows', 'columns', 'n'),
      tensor('starts', INT64, 'two'),
      tensor('ends', INT64, 'two'),
      tensor('down', FLOAT, 'h', 'one', 'height', 'one'),
      tensor('across', FLOAT, 'w', 'height', 'width'),
      tensor('sizes', INT64, 'four'),
      tensor('count', INT64, 'one'),
      tensor('steps', INT64, 'm'),
      tensor('last', INT64),
    ],
    output: [tensor('places', FLOAT, 'cells', 'k'), tensor('around', FLOAT, 'cells', 'km')],
  };
  const parts = { irVersion: 8n, opsetImport: [{ version: 13n }], graph };
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, parts));
}
