import type { OnnxGraph } from '../onnx';
import { gridSize, lowResSize } from './picture-geometry';
import type { MobileEmbedding } from './mobile-embedding';
import type { FloatMap } from '../resampling';

/** What SAM's decoder knows as point labels. */
export const label = { negative: 0, positive: 1, boxStart: 2, boxEnd: 3, padding: -1 } as const;

/** A prompt for the decoder, in model pixels. */
export interface DecoderPoint {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** The decoder's answer. */
export interface DecodedMask {
  /** Logits of the mask, 256 × 256 over the model's square, as far down as the picture and a little beyond. */
  readonly logits: FloatMap;
  /** The decoder's own guess of its IoU. */
  readonly score: number;
}

/** SAM's mask decoder: prompts in, one mask out. */
export class MaskDecoder {
  readonly #graph: OnnxGraph;

  constructor(graph: OnnxGraph) {
    this.#graph = graph;
  }

  /** `prior`: 256 × 256 logits of what is thought already, or null. */
  async decode(
    { image, geometry }: Pick<MobileEmbedding, 'image' | 'geometry'>,
    points: readonly DecoderPoint[],
    prior: Float32Array | null,
  ): Promise<DecodedMask> {
    const boxed = points.some((one) => one.label === label.boxStart);
    // The exported decoder expects a padding point where there is no box.
    const all = boxed ? points : [...points, { x: 0, y: 0, label: label.padding }];
    // What the picture touches, and what is next to it, which its edge is scaled up with.
    const rows = Math.min(gridSize, geometry.rows + 1);
    const { low_res_masks, iou_predictions } = await this.#graph.run(
      {
        image_embeddings: { data: image, shape: [1, 256, gridSize, gridSize] },
        point_coords: {
          data: Float32Array.from(all.flatMap(({ x, y }) => [x, y])),
          shape: [1, all.length, 2],
        },
        point_labels: { data: Float32Array.from(all, (one) => one.label), shape: [1, all.length] },
        mask_input: {
          data: prior ?? new Float32Array(lowResSize ** 2),
          shape: [1, 1, lowResSize, lowResSize],
        },
        has_mask_input: { data: Float32Array.of(prior ? 1 : 0), shape: [1] },
        places: { data: BigInt64Array.of(BigInt(rows * gridSize)), shape: [1] },
      },
      ['low_res_masks', 'iou_predictions'],
    );
    // low_res_masks: float32[1, 1, 4 * rows, 256]; iou_predictions: float32[1, 1]
    return {
      logits: { width: lowResSize, height: low_res_masks.shape[2]!, data: low_res_masks.data },
      score: iou_predictions.data[0]!,
    };
  }

  async release(): Promise<void> {
    await this.#graph.release();
  }
}
