import type { MessageInitShape } from '@bufbuild/protobuf';
import { AttributeProto_AttributeType, TensorProto_DataType } from 'onnx-buf';
import type {
  TensorProto,
  AttributeProtoSchema,
  NodeProtoSchema,
  TensorProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';

export type Node = MessageInitShape<typeof NodeProtoSchema>;
export type Attribute = MessageInitShape<typeof AttributeProtoSchema>;
export type Initializer = MessageInitShape<typeof TensorProtoSchema>;
export type ValueInfo = MessageInitShape<typeof ValueInfoProtoSchema>;

/** A tensor that goes into a graph or comes out of one; a named size of each dimension where they are said. */
export function tensor(name: string, elemType: TensorProto_DataType, ...sizes: readonly string[]): ValueInfo {
  const dim = sizes.map((size) => ({ value: { case: 'dimParam' as const, value: size } }));
  const shape = dim.length > 0 ? { shape: { dim } } : {};
  return { name, type: { value: { case: 'tensorType', value: { elemType, ...shape } } } };
}

export function node(
  opType: string,
  input: string[],
  output: string | string[],
  ...attribute: Attribute[]
): Node {
  return { opType, input, output: typeof output === 'string' ? [output] : output, attribute };
}

/** An attribute that is a whole number. */
export function int(name: string, value: number): Attribute {
  return { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) };
}

/** An attribute that is a list of whole numbers. */
export function ints(name: string, ...values: number[]): Attribute {
  return { name, type: AttributeProto_AttributeType.INTS, ints: values.map(BigInt) };
}

/** A constant list of sizes or places. */
export function longs(name: string, ...values: number[]): Initializer {
  const { INT64 } = TensorProto_DataType;
  return { name, dataType: INT64, dims: [BigInt(values.length)], int64Data: values.map(BigInt) };
}

/** An attribute that is a number. */
export function number(name: string, value: number): Attribute {
  return { name, type: AttributeProto_AttributeType.FLOAT, f: value };
}

/** A constant of 32-bit floats. */
export function floats(name: string, dims: readonly number[], values: Float32Array): Initializer {
  const { FLOAT } = TensorProto_DataType;
  return { name, dataType: FLOAT, dims: dims.map(BigInt), rawData: bytesOf(values) };
}

/** The numbers of a constant of 32-bit floats. */
export function floatsOf({ rawData, floatData }: TensorProto): Float32Array {
  // Raw data may lie anywhere in the file's bytes; numbers have to begin at a multiple of four.
  return rawData.length > 0 ? new Float32Array(new Uint8Array(rawData).buffer) : Float32Array.from(floatData);
}

export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}
