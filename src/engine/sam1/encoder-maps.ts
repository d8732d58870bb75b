/** Maps inside the encoder: before its last downsampling, 160 × 64 × 64, and after its first attention, 16384 × 128. */
export const innerMap = '/layers.2/downsample/Transpose_output_0';
export const fineMap = '/layers.1/blocks.1/Add_1_output_0';

/** All that the encoder is asked for. */
export const encoderOutputs: readonly [output: 'output', inner: typeof innerMap, fine: typeof fineMap] = [
  'output',
  innerMap,
  fineMap,
];
