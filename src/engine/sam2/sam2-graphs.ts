import type { OnnxGraph } from '../onnx';
import type { DecoderAnswer } from './mask-choice';
import { gridOf } from './sam2-config';
import type { Sam2Config } from './sam2-config';

/** The four graphs of a model. */
export interface Sam2GraphSet {
  readonly imageEncoder: OnnxGraph;
  readonly maskDecoder: OnnxGraph;
  readonly memoryEncoder: OnnxGraph;
  readonly memoryAttention: OnnxGraph;
}

/** What the host itself needs of a checkpoint. */
export interface HostTensors {
  /** float32[width]: added to the picture's features where nothing is remembered. */
  readonly noMemory: Float32Array;
  /** float32[width]: the pointer of an object that is not in the picture. */
  readonly noObjectPointer: Float32Array;
  /** float32[4, 4] and its bias: `mask_downsample`. */
  readonly maskDownsample: Float32Array;
  readonly maskDownsampleBias: number;
}

/** Encoder output: float32 [width / 8, 4n, 4n], [width / 4, 2n, 2n], [width, n, n]. */
export interface Features {
  readonly fine: Float32Array;
  readonly middle: Float32Array;
  readonly coarse: Float32Array;
}

/** A point for the decoder, in model pixels; labels: 0 negative, 1 positive, 2 and 3 a box's corners. */
export interface DecoderPoint {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** The graphs with the shapes and names they take. One object at a time: batches save nothing on a CPU and cost memory. */
export class Sam2Graphs {
  readonly #set: Sam2GraphSet;
  readonly #config: Sam2Config;

  constructor(set: Sam2GraphSet, config: Sam2Config) {
    this.#set = set;
    this.#config = config;
  }

  /** `image`: float32[3, size, size], normalised. */
  async encode(image: Float32Array): Promise<Features> {
    const { size } = this.#config;
    const feeds = { image: { data: image, shape: [1, 3, size, size] } };
    const out = await this.#set.imageEncoder.run(feeds, ['feat_s0', 'feat_s1', 'feat_s2']);
    return { fine: out.feat_s0.data, middle: out.feat_s1.data, coarse: out.feat_s2.data };
  }

  /** `conditioned`: the coarse map with memory in it; `prior`: float32[4n × 4n] logits or null. */
  async decode(
    features: Features,
    conditioned: Float32Array,
    points: readonly DecoderPoint[],
    prior: Float32Array | null,
  ): Promise<DecoderAnswer> {
    const { width } = this.#config;
    const n = gridOf(this.#config);
    const given = points.length > 0 ? points : [{ x: 0, y: 0, label: -1 }];
    const coords = Float32Array.from(given.flatMap(({ x, y }) => [x, y]));
    const feeds = {
      pix_feat: { data: conditioned, shape: [1, width, n, n] },
      feat_s0: { data: features.fine, shape: [1, width / 8, 4 * n, 4 * n] },
      feat_s1: { data: features.middle, shape: [1, width / 4, 2 * n, 2 * n] },
      point_coords: { data: coords, shape: [1, given.length, 2] },
      point_labels: { data: Float32Array.from(given, (one) => one.label), shape: [1, given.length] },
      mask_input: { data: prior ?? new Float32Array(16 * n * n), shape: [1, 1, 4 * n, 4 * n] },
      has_mask: { data: Float32Array.of(prior ? 1 : 0), shape: [1, 1, 1, 1] },
    };
    const out = await this.#set.maskDecoder.run(feeds, ['masks', 'ious', 'obj_ptrs', 'object_score']);
    const objectScore = out.object_score.data[0]!;
    return { masks: out.masks.data, ious: out.ious.data, pointers: out.obj_ptrs.data, objectScore };
  }

  /** float32[tokens, memoryWidth]. `binarize`: the mask counts as in or out, as for what a user gave. */
  async encodeMemory(
    features: Features,
    logits: Float32Array,
    objectScore: number,
    binarize: boolean,
  ): Promise<Float32Array> {
    const n = gridOf(this.#config);
    const feeds = {
      feat_s2: { data: features.coarse, shape: [1, this.#config.width, n, n] },
      low_res_mask: { data: logits, shape: [1, 1, 4 * n, 4 * n] },
      object_score: { data: Float32Array.of(objectScore), shape: [1, 1] },
      binarize: { data: Float32Array.of(binarize ? 1 : 0), shape: [1, 1, 1, 1] },
    };
    return (await this.#set.memoryEncoder.runWith(feeds, ['memory'])).memory.data;
  }

  /**
   * The coarse map with memory in it, float32[width, n, n]. `tokens`: float32[K, memoryWidth], `places` and
   * `rows`: int32[K]; `pointers`: float32[M, width], `ago`: float32[M].
   */
  async attend(
    features: Features,
    memory: { tokens: Float32Array; places: Int32Array; rows: Int32Array },
    pointers: Float32Array,
    ago: Float32Array,
  ): Promise<Float32Array> {
    const { width, memoryWidth } = this.#config;
    const n = gridOf(this.#config);
    const { tokens, places, rows } = memory;
    const feeds = {
      feat_s2: { data: features.coarse, shape: [1, width, n, n] },
      memory: { data: tokens, shape: [1, places.length, memoryWidth] },
      mem_place: { data: places, shape: [places.length] },
      mem_tpos: { data: rows, shape: [rows.length] },
      obj_ptrs: { data: pointers, shape: [1, ago.length, width] },
      obj_ptr_tdiff: { data: ago, shape: [ago.length] },
    };
    return (await this.#set.memoryAttention.runWith(feeds, ['pix_feat'])).pix_feat.data;
  }

  async release(): Promise<void> {
    for (const graph of Object.values(this.#set) as OnnxGraph[]) await graph.release();
  }
}
