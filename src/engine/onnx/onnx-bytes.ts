import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';
import { tensor } from '../graph-parts';

/**
 * A model that shows one more of its inner tensors. Protocol buffers merge when they are put one after the
 * other, so a model followed by a model that holds nothing but a graph with one output is the first model with
 * that output added.
 */
export function withOutput(model: Uint8Array, tensorName: string): Uint8Array {
  const output = [tensor(tensorName, TensorProto_DataType.FLOAT)];
  return Buffer.concat([model, toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph: { output } }))]);
}
