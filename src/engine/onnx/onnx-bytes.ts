import { create, toBinary } from '@bufbuild/protobuf';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AttributeProtoSchema, NodeProtoSchema, ValueInfoProtoSchema } from 'onnx-buf';
import { AttributeProto_AttributeType, ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';

type Node = MessageInitShape<typeof NodeProtoSchema>;
type Attribute = MessageInitShape<typeof AttributeProtoSchema>;
type ValueInfo = MessageInitShape<typeof ValueInfoProtoSchema>;

/** A tensor that goes into a graph or comes out of one; a named size of each dimension where they are said. */
function tensor(name: string, elemType: TensorProto_DataType, ...sizes: readonly string[]): ValueInfo {
  const dim = sizes.map((size) => ({ value: { case: 'dimParam' as const, value: size } }));
  const shape = dim.length > 0 ? { shape: { dim } } : {};
  return { name, type: { value: { case: 'tensorType', value: { elemType, ...shape } } } };
}

/**
 * A model that shows one more of its inner tensors. Protocol buffers merge when they are put one after the
 * other, so a model followed by a model that holds nothing but a graph with one output is the first model with
 * that output added.
 */
export function withOutput(model: Uint8Array, tensorName: string): Uint8Array {
  const output = [tensor(tensorName, TensorProto_DataType.FLOAT)];
  return Buffer.concat([model, toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph: { output } }))]);
}

/** What is taken away from each of the dot product's queries. */
export const queryOffset = 64;

/**
 * A model without weights: float32 `scores`[rows, height, width] = (uint8 `queries`[rows, n] - {@link queryOffset}) times (int8
 * `keys`[height, width, n] transposed), and `most`[rows, height], the largest of each line. Whole numbers are multiplied faster,
 * and kept in a quarter of the memory.
 */
export function dotProductModel(): Uint8Array {
  const { FLOAT, UINT8, INT8, INT64 } = TensorProto_DataType;
  const { INTS, INT } = AttributeProto_AttributeType;
  const node = (opType: string, input: string[], output: string, ...attribute: Attribute[]): Node => ({
    ...{ opType, input, attribute },
    output: [output],
  });
  const whole = (name: string, ...numbers: bigint[]): Attribute => ({ name, type: INTS, ints: numbers });
  const one = (name: string, i: number): Attribute => ({ name, type: INT, i: BigInt(i) });
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ version: 13n }],
    graph: {
      name: 'dot-product',
      node: [
        node('Flatten', ['keys'], 'flat', one('axis', 2)),
        node('Transpose', ['flat'], 'turned', whole('perm', 1n, 0n)),
        node('MatMulInteger', ['queries', 'turned', 'offset'], 'products'),
        node('Cast', ['products'], 'sums', one('to', FLOAT)),
        node('Shape', ['keys'], 'shape'),
        node('Gather', ['shape', 'lines'], 'size'),
        node('Concat', ['rest', 'size'], 'sizes', one('axis', 0)),
        node('Reshape', ['sums', 'sizes'], 'scores'),
        node('ReduceMax', ['scores'], 'most', whole('axes', 2n), one('keepdims', 0)),
      ],
      initializer: [
        { name: 'offset', dataType: UINT8, rawData: Uint8Array.of(queryOffset) },
        { name: 'lines', dataType: INT64, dims: [2n], int64Data: [0n, 1n] },
        { name: 'rest', dataType: INT64, dims: [1n], int64Data: [-1n] },
      ],
      input: [tensor('queries', UINT8, 'rows', 'n'), tensor('keys', INT8, 'height', 'width', 'n')],
      output: [tensor('scores', FLOAT, 'rows', 'height', 'width'), tensor('most', FLOAT, 'rows', 'height')],
    },
  });
  return toBinary(ModelProtoSchema, model);
}
