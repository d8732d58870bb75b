import { connectedComponents } from '../../mask';
import type { Bitmap } from '../../mask';
import { resizeMap } from '../resampling';

/** What the model said of one object on one frame, before it became a mask. */
export interface Trace {
  /** float32[4n × 4n] logits, as the decoder gave them. */
  readonly raw: Float32Array;
  /** The same with small holes filled: what is shown, and what later clicks build on. */
  readonly logits: Float32Array;
  /** float32[width]: the object pointer. */
  readonly pointer: Float32Array;
  /** Above 0 where the object is in the picture. */
  readonly objectScore: number;
  /** The decoder's guess of its mask's IoU. */
  readonly score: number;
}

/** The logit that a filled pixel takes (sam2/utils/misc.py, fill_holes_in_mask_scores). */
const filledLogit = 0.1;

/** Logits with background parts of at most `area` pixels filled; the same array where there is none. */
export function fillHoles(logits: Float32Array, side: number, area: number): Float32Array {
  if (area === 0) return logits;
  const ground = new Uint8Array(logits.length);
  for (let i = 0; i < ground.length; i++) if (logits[i]! <= 0) ground[i] = 1;
  const { labels, sizes } = connectedComponents({ width: side, height: side, data: ground }, true);
  if (!sizes.some((size) => size <= area)) return logits;
  return logits.map((one, i) => (labels[i]! > 0 && sizes[labels[i]! - 1]! <= area ? filledLogit : one));
}

/** A trace's mask at the picture's size. */
export function traceMask({ logits }: Pick<Trace, 'logits'>, width: number, height: number): Bitmap {
  const side = Math.sqrt(logits.length);
  const map = resizeMap({ width: side, height: side, data: logits }, width, height);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) if (map.data[i]! > 0) data[i] = 1;
  return { width, height, data };
}
