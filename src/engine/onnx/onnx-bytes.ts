import { create, toBinary } from '@bufbuild/protobuf';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ValueInfoProtoSchema } from 'onnx-buf';
import { AttributeProto_AttributeType, ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';

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
 * A model without weights: float32 `scores`[rows, columns] = (uint8 `queries`[rows, n] - {@link queryOffset}) times (int8
 * `keys`[columns, n] transposed). Whole numbers are multiplied faster, and kept in a quarter of the memory.
 */
export function dotProductModel(): Uint8Array {
  const { FLOAT, UINT8, INT8 } = TensorProto_DataType;
  const swapped = { name: 'perm', type: AttributeProto_AttributeType.INTS, ints: [1n, 0n] };
  const toFloat = { name: 'to', type: AttributeProto_AttributeType.INT, i: BigInt(FLOAT) };
  const model = create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [{ version: 13n }],
    graph: {
      name: 'dot-product',
      node: [
        { opType: 'Transpose', input: ['keys'], output: ['turned'], attribute: [swapped] },
        { opType: 'MatMulInteger', input: ['queries', 'turned', 'offset'], output: ['products'] },
        { opType: 'Cast', input: ['products'], output: ['scores'], attribute: [toFloat] },
      ],
      initializer: [{ name: 'offset', dataType: UINT8, rawData: Uint8Array.of(queryOffset) }],
      input: [tensor('queries', UINT8, 'rows', 'n'), tensor('keys', INT8, 'columns', 'n')],
      output: [tensor('scores', FLOAT, 'rows', 'columns')],
    },
  });
  return toBinary(ModelProtoSchema, model);
}
