import { createBitmap, keepLargeComponents } from '../../mask';
import type { OnnxGraph } from '../onnx';
import type { Bitmap } from '../../mask';
import type { Segmentation } from '../tracking';
import type { MaskDecoder } from './mask-decoder';
import type { MobileEmbedding } from './mobile-embedding';
import type { MobileMemory } from './mobile-memory';
import { Rivals } from './rivals';
import { settleClaims, settlePixels } from './settle-claims';
import { claimOf, drawClaim } from './track-object';
import type { Claim, Drawn } from './track-object';
import { tuning } from './tuning';

/** The graphs that following objects takes. */
export interface TrackingParts {
  readonly decoder: MaskDecoder;
  readonly dotProduct: OnnxGraph;
}

/**
 * Masks of objects on a frame near those remembered, in the order of their memories. Each claims what looks like it; what
 * several claim is settled between them, before the masks are drawn and once more after. What others have `taken` stays theirs.
 */
export async function trackTogether(
  { decoder, dotProduct }: TrackingParts,
  memories: readonly MobileMemory[],
  embedding: MobileEmbedding,
  taken: readonly Bitmap[],
): Promise<Segmentation[]> {
  const rivals = memories.length > 1 ? new Rivals(memories) : null;
  const claimed: { readonly at: number; readonly claim: Claim }[] = [];
  for (const [at, memory] of memories.entries()) {
    const claim = await claimOf(dotProduct, memory, embedding, rivals);
    if (claim) claimed.push({ at, claim });
  }
  const claims = claimed.map((one) => one.claim);
  const settled = claims.length > 1 ? settleClaims(claims) : claims;
  const drawn: { readonly at: number; readonly one: Drawn }[] = [];
  for (const [i, claim] of settled.entries()) {
    const one = await drawClaim(decoder, embedding, claim);
    if (one) drawn.push({ at: claimed[i]!.at, one });
  }
  const masks = settlePixels(drawn.map(({ one }) => one)).map((one) => withoutTaken(one, taken));
  const { width, height } = embedding.geometry;
  return memories.map((_, at) => {
    const found = drawn.findIndex((one) => one.at === at);
    return found < 0 ? { mask: createBitmap(width, height), score: 0 } : masks[found]!;
  });
}

/** What is left of a mask; nothing where most of it is another's: that is what was found then. */
function withoutTaken(found: Segmentation, taken: readonly Bitmap[]): Segmentation {
  const { mask } = found;
  let [own, lost] = [0, 0];
  const data = mask.data.slice();
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    own++;
    if (!taken.some((other) => other.data[i] === 1)) continue;
    lost++;
    data[i] = 0;
  }
  if (lost === 0) return found;
  if (lost > own / 2) return { mask: createBitmap(mask.width, mask.height), score: 0 };
  return { ...found, mask: keepLargeComponents({ ...mask, data }, tuning.leastPart) };
}
