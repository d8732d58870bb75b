/** How a tensor's numbers are stored. */
export type TensorType =
  'float32' | 'float16' | 'bfloat16' | 'float64' | 'int64' | 'int32' | 'int16' | 'int8' | 'uint8' | 'bool';

/** One tensor of a checkpoint. */
export interface CheckpointTensor {
  readonly type: TensorType;
  readonly shape: readonly number[];
  /** Where it lies in the file, in bytes. */
  readonly offset: number;
  readonly bytes: number;
}

/** Named weights, read one at a time. */
export interface Checkpoint {
  readonly tensors: ReadonlyMap<string, Pick<CheckpointTensor, 'shape'>>;
  /** A tensor as float32 in C order. Rejects with a ModelError when there is none of that name. */
  readFloats(name: string): Promise<Float32Array>;
  close(): Promise<void>;
}
