import type { Checkpoint } from './checkpoint';

// transformers renamed Meta's tensors when it took the models over. The rules were read from its converters
// (models/sam2_video and models/edgetam_video, version 4.57.6), and hold for all tensors that the graphs need.

/** Text for text, wherever it stands, in this order. */
const replaced: readonly (readonly [meta: string, transformers: string])[] = [
  ['iou_prediction_head.layers.0', 'iou_prediction_head.proj_in'],
  ['iou_prediction_head.layers.1', 'iou_prediction_head.layers.0'],
  ['iou_prediction_head.layers.2', 'iou_prediction_head.proj_out'],
  ['mask_decoder.output_upscaling.0', 'mask_decoder.upscale_conv1'],
  ['mask_decoder.output_upscaling.1', 'mask_decoder.upscale_layer_norm'],
  ['mask_decoder.output_upscaling.3', 'mask_decoder.upscale_conv2'],
  ['mask_downscaling.0', 'mask_embed.conv1'],
  ['mask_downscaling.1', 'mask_embed.layer_norm1'],
  ['mask_downscaling.3', 'mask_embed.conv2'],
  ['mask_downscaling.4', 'mask_embed.layer_norm2'],
  ['mask_downscaling.6', 'mask_embed.conv3'],
  ['dwconv', 'depthwise_conv'],
  ['pwconv', 'pointwise_conv'],
  ['fuser', 'memory_fuser'],
  ['pe_layer.positional_encoding_gaussian_matrix', 'shared_embedding.positional_embedding'],
  ['obj_ptr_tpos_proj', 'temporal_positional_encoding_projection_layer'],
  ['no_obj_embed_spatial', 'occlusion_spatial_embedding_parameter'],
  ['sam_prompt_encoder', 'prompt_encoder'],
  ['sam_mask_decoder', 'mask_decoder'],
  ['maskmem_tpos_enc', 'memory_temporal_positional_encoding'],
  ['gamma', 'scale'],
  ['image_encoder.neck', 'vision_encoder.neck'],
  ['image_encoder', 'vision_encoder.backbone'],
  ['neck.0', 'neck.conv1'],
  ['neck.1', 'neck.layer_norm1'],
  ['neck.2', 'neck.conv2'],
  ['neck.3', 'neck.layer_norm2'],
  ['pix_feat_proj', 'feature_projection'],
  ['patch_embed.proj', 'patch_embed.projection'],
  ['no_mem_embed', 'no_memory_embedding'],
  ['no_mem_pos_enc', 'no_memory_positional_encoding'],
  ['obj_ptr', 'object_pointer'],
  ['.norm', '.layer_norm'],
  ['trunk.', ''],
  ['out_proj', 'o_proj'],
  ['body.', 'timm_model.'],
  ['ff.0', 'mlp.layer_norm'],
  ['ff.1', 'mlp.up_proj'],
  ['ff.3', 'mlp.down_proj'],
];

/** Places of a network's layers, in and out by name. */
const inAndOut: Readonly<Record<string, string>> = { '0': 'proj_in', '1': 'layers.0', '2': 'proj_out' };

/** Then by pattern, in this order. */
const patterns: readonly (readonly [pattern: RegExp, name: (...parts: string[]) => string])[] = [
  [
    /^(vision_encoder\.backbone\.blocks\.\d+\.mlp|mask_decoder\.transformer\.layers\.\d+\.mlp)\.layers\.([01])/,
    (_, head, at) => `${head}.${at === '0' ? 'proj_in' : 'proj_out'}`,
  ],
  [
    /(output_hypernetworks_mlps\.\d+|pred_obj_score_head|object_pointer_proj)\.layers\.([012])/,
    (_, head, at) => `${head}.${inAndOut[at]}`,
  ],
  [/^(vision_encoder\.neck\.convs\.\d+)\.conv\./, (_, head) => `${head}.`],
  [/^memory_encoder\.o_proj\./, () => 'memory_encoder.projection.'],
  [
    /^(memory_encoder\.mask_downsampler)\.encoder\.(\d+)/,
    (_, head, at) => {
      const place = Number(at);
      if (place === 12) return `${head}.final_conv`;
      return `${head}.layers.${Math.floor(place / 3)}.${place % 3 === 0 ? 'conv' : 'layer_norm'}`;
    },
  ],
  [/^(spatial_perceiver)\.latents$/, (_, head) => `${head}.latents_1d`],
  [/^(spatial_perceiver\.layers\.\d+)\.attn\.layer_norm_x/, (_, head) => `${head}.layer_norm_input`],
  [/^(spatial_perceiver\.layers\.\d+)\.attn\.layer_norm_latents/, (_, head) => `${head}.layer_norm_latents`],
  [/^(spatial_perceiver\.layers\.\d+)\.self_attn\.layer_norm/, (_, head) => `${head}.layer_norm_self`],
  [
    /^(spatial_perceiver\.layers\.\d+)\.attn\.to_(q|kv|out)/,
    (_, head, of) => `${head}.cross_attention.${projection(of)}`,
  ],
  [
    /^(spatial_perceiver\.layers\.\d+)\.self_attn\.to_(q|kv|out)/,
    (_, head, of) => `${head}.self_attention.${projection(of)}`,
  ],
];

function projection(of: string): string {
  return of === 'out' ? 'o_proj' : `${of}_proj`;
}

/** Points are placed by the same matrix as pictures; save_pretrained writes it once, under the picture's name. */
const sharedEmbedding = 'prompt_encoder.shared_embedding.positional_embedding';

/** Kinds of points, each a row of one tensor (sam2, prompt_encoder.py: num_point_embeddings). */
const pointRows = 4;

/** Where one of Meta's tensors lies in a file with transformers' names. */
export interface TransformersPlace {
  /** Several tensors are put one after the other. */
  readonly names: readonly string[];
  /** One row of a tensor. */
  readonly row?: number;
}

/**
 * Where one of Meta's tensors lies under transformers' names. The feed-forward layers of the memory attention are
 * called otherwise in SAM 2's files than in EdgeTAM's: `has` tells which names the file knows.
 */
export function transformersPlace(metaName: string, has: (name: string) => boolean): TransformersPlace {
  const point = /^sam_prompt_encoder\.point_embeddings\.(\d)\.weight$/.exec(metaName);
  if (point) return { names: ['prompt_encoder.point_embed.weight'], row: Number(point[1]) };
  let name = metaName;
  for (const [from, to] of replaced) name = name.replaceAll(from, to);
  for (const [pattern, rename] of patterns) name = name.replace(pattern, rename);
  if (name === sharedEmbedding && !has(name))
    return { names: ['shared_image_embedding.positional_embedding'] };
  if (name.startsWith('memory_attention.') && !has(name))
    name = name.replace('linear1', 'mlp.up_proj').replace('linear2', 'mlp.down_proj');
  if (!name.includes('.kv_proj.')) return { names: [name] };
  return { names: ['k_proj', 'v_proj'].map((one) => name.replace('kv_proj', one)) };
}

/** True for files that transformers wrote. */
export function hasTransformersNames(checkpoint: Pick<Checkpoint, 'tensors'>): boolean {
  for (const name of checkpoint.tensors.keys()) if (name.startsWith('vision_encoder.')) return true;
  return false;
}

/** A file with transformers' names, seen under Meta's names: those that are wanted and there. */
export function underMetaNames(checkpoint: Checkpoint, wanted: readonly string[]): Checkpoint {
  const places = new Map<string, TransformersPlace>();
  const tensors = new Map<string, { shape: readonly number[] }>();
  for (const metaName of wanted) {
    const place = transformersPlace(metaName, (name) => checkpoint.tensors.has(name));
    const parts = place.names.map((name) => checkpoint.tensors.get(name)?.shape);
    if (parts.some((shape) => !shape || shape.join() !== parts[0]!.join())) continue;
    if (place.row !== undefined && parts[0]![0] !== pointRows) continue;
    places.set(metaName, place);
    const [rows = 0, ...others] = parts[0]!;
    const shape = place.row === undefined ? [rows * parts.length, ...others] : [1, ...others];
    tensors.set(metaName, { shape: parts[0]!.length === 0 ? [] : shape });
  }
  const readFloats = async (metaName: string): Promise<Float32Array> => {
    const { names, row } = places.get(metaName)!;
    const parts = await Promise.all(names.map((name) => checkpoint.readFloats(name)));
    if (row !== undefined) {
      const length = parts[0]!.length / checkpoint.tensors.get(names[0]!)!.shape[0]!;
      return parts[0]!.slice(row * length, (row + 1) * length);
    }
    const whole = new Float32Array(parts.reduce((sum, one) => sum + one.length, 0));
    parts.reduce((at, one) => (whole.set(one, at), at + one.length), 0);
    return whole;
  };
  return { tensors, readFloats, close: () => checkpoint.close() };
}
