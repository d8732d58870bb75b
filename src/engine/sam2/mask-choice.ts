/** What the decoder answers: four masks, of which the first is meant for clear prompts, the others for vague ones. */
export interface DecoderAnswer {
  /** float32[4, side²] logits; -1024 everywhere where the object is not in the picture. */
  readonly masks: Float32Array;
  /** float32[4]: the decoder's guesses of their IoU. */
  readonly ious: Float32Array;
  /** float32[4, width]. */
  readonly pointers: Float32Array;
  readonly objectScore: number;
}

/** Which mask and which pointer of the four to take. */
export interface MaskChoice {
  readonly mask: number;
  readonly pointer: number;
}

/** A mask is stable when it hardly changes between these two bars (sam2_hiera_*.yaml and build_sam.py). */
const stabilityDelta = 0.05;
const stableAbove = 0.98;

/**
 * Vague prompts (a single click, or none: tracking) take the best of the last three masks, and its pointer.
 * Clear ones take the first mask, or the best of the others where it is not stable, and always the first pointer.
 */
export function chooseMask(
  { masks, ious }: Pick<DecoderAnswer, 'masks' | 'ious'>,
  points: number,
): MaskChoice {
  let best = 1;
  for (let i = 2; i < 4; i++) if (ious[i]! > ious[best]!) best = i;
  if (points <= 1) return { mask: best, pointer: best };
  const first = masks.subarray(0, masks.length / 4);
  return { mask: stability(first) >= stableAbove ? 0 : best, pointer: 0 };
}

/** Pixels surely in, divided by pixels possibly in; 1 for an empty mask. */
export function stability(logits: Float32Array): number {
  let sure = 0;
  let possible = 0;
  for (const one of logits) {
    if (one > stabilityDelta) sure++;
    if (one > -stabilityDelta) possible++;
  }
  return possible === 0 ? 1 : sure / possible;
}
