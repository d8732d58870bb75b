import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';
import { int, ints, longs, node, tensor } from '../graph-parts';
import type { Node } from '../graph-parts';

/** What is taken away from each of a match model's queries. */
export const queryOffset = 64;

/**
 * A model without weights: for each of a block of vectors the most alike in a window of a map. Whole numbers are multiplied
 * faster than floats, and are exact; what is dear to take out of a graph, all their products, stays in it.
 *
 * In: uint8 `queries`[h * w, n], {@link queryOffset} above what they mean; int8 `map`[rows, columns, n], the window's corners
 * int64 `starts`[2] and `ends`[2] in it, excluding the second; what is added to a product for its place, the sum of float32
 * `down`[h, w, height] and `across`[w, height, width], nought or less; int64 `sizes` = [h, w, height, width], `count` = [k], `lines`
 * = [k or height], `steps`[m] from a match to places beside it, and numbers by themselves: the window's `width` and its `last` place.
 *
 * Out, as floats: `places`[h * w, k] in the window, the best first, and `around`[h * w, k * m], the plain products at a match's
 * steps, held to the window from its first to its last place.
 *
 * The k best of all lie in the k lines whose best are the best: only these are looked through.
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
      node('Add', ['grid', 'across'], 'priced'),
      node('Slice', ['sizes', 'second', 'fourth'], 'plane/sizes'),
      node('Concat', ['rest', 'plane/sizes'], 'window/sizes', int('axis', 0)),
      node('Reshape', ['priced', 'window/sizes'], 'windows'),
      ...bestLines(),
      ...bestInLines(),
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
      longs('second', 2),
      longs('fourth', 4),
      longs('rest', -1),
    ],
    input: [
      tensor('queries', UINT8, 'cells', 'n'),
      tensor('map', INT8, 'rows', 'columns', 'n'),
      tensor('starts', INT64, 'two'),
      tensor('ends', INT64, 'two'),
      tensor('down', FLOAT, 'h', 'w', 'height'),
      tensor('across', FLOAT, 'w', 'height', 'width'),
      tensor('sizes', INT64, 'four'),
      tensor('count', INT64, 'one'),
      tensor('lines', INT64, 'one'),
      tensor('steps', INT64, 'm'),
      tensor('width', INT64),
      tensor('last', INT64),
    ],
    output: [tensor('places', FLOAT, 'cells', 'k'), tensor('around', FLOAT, 'cells', 'km')],
  };
  const parts = { irVersion: 8n, opsetImport: [{ version: 13n }], graph };
  return toBinary(ModelProtoSchema, create(ModelProtoSchema, parts));
}

/** `line`[h * w, lines]: of each vector's window the lines with the most alike; `held`[h * w, lines, width]: what is in them. */
function bestLines(): Node[] {
  return [
    node('ReduceMax', ['priced'], 'peaks', ints('axes', 3), int('keepdims', 0)),
    node('Add', ['peaks', 'down'], 'tops'),
    node('Flatten', ['tops'], 'tops/rows', int('axis', 2)),
    node('TopK', ['tops/rows', 'lines'], ['tops/best', 'line'], int('axis', 1)),
    node('Unsqueeze', ['line', 'third'], 'line/index'),
    node('GatherND', ['windows', 'line/index'], 'held', int('batch_dims', 1)),
    node('Flatten', ['down'], 'down/rows', int('axis', 2)),
    node('GatherElements', ['down/rows', 'line'], 'cost', int('axis', 1)),
    node('Unsqueeze', ['cost', 'third'], 'cost/line'),
  ];
}

/** `best`[h * w, k]: places in the window of the best in those lines. */
function bestInLines(): Node[] {
  return [
    node('Add', ['held', 'cost/line'], 'lowered'),
    node('Flatten', ['lowered'], 'scores', int('axis', 1)),
    node('TopK', ['scores', 'count'], ['most', 'found'], int('axis', 1)),
    node('Div', ['found', 'width'], 'nth'),
    node('Mod', ['found', 'width'], 'column'),
    node('GatherElements', ['line', 'nth'], 'row', int('axis', 1)),
    node('Mul', ['row', 'width'], 'begin'),
    node('Add', ['begin', 'column'], 'best'),
  ];
}
