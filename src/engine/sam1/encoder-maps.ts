import type { FloatTensor, OnnxGraph } from '../onnx';
import { modelSize, wholeSquare } from './picture-geometry';
import type { Cells, PictureGeometry } from './picture-geometry';

/**
 * Maps inside the encoder: before its last downsampling, 160 × 64 × 64, after its first attention, 16384 × 128, and before its second
 * downsampling, where it has seen but its first convolutions, 64 × 256 × 256.
 */
export const innerMap = '/layers.2/downsample/Transpose_output_0';
export const fineMap = '/layers.1/blocks.1/Add_1_output_0';
export const finestMap = '/layers.0/blocks.1/act3/Mul_1_output_0';

/** All that the encoder is asked for; its own output first, then maps inside it. */
export const encoderOutputs: readonly ['output', typeof innerMap, typeof fineMap, typeof finestMap] = [
  'output',
  innerMap,
  fineMap,
  finestMap,
];

/** The encoder's maps of a picture. */
export type EncoderMaps = Readonly<Record<(typeof encoderOutputs)[number], Pick<FloatTensor, 'data'>>> & {
  /** Cells that the maps inside it show; its output always shows the whole square. */
  readonly shown: Cells;
};

/** What makes the maps of a picture that was put on the model's square, float32[3, 1024, 1024]. */
export interface PictureEncoder {
  encode(square: Float32Array, geometry: PictureGeometry): Promise<EncoderMaps>;
  release(): Promise<void>;
}

/** Encodes the whole square. */
export function wholeEncoder(graph: OnnxGraph): PictureEncoder {
  return {
    encode: async (data) => ({
      ...(await graph.run({ input: { data, shape: [1, 3, modelSize, modelSize] } }, encoderOutputs)),
      shown: wholeSquare,
    }),
    release: () => graph.release(),
  };
}
