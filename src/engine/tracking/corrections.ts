import type { Bitmap } from '../../mask';
import { ChangeCourse, mends } from './carry-change';
import type { Embedding, TrackingModel } from './model-port';
import type { Seed, TrackedObject } from './tracked-object';

/** Vouched frames that may speak against a part of a correction: the nearest. */
const framesHeard = 2;

/** A frame whose whole mask the user vouches for. */
export interface VouchedFrame {
  readonly embedding: Embedding;
  readonly mask: Bitmap;
}

/** A mask on a corrected frame, and the one that those beside it were computed from. */
type CorrectedSeed = Seed & { readonly known: Bitmap };

/** The seed of a correction, with a family that carries corrections as changes; else null. */
function correctedSeed(model: TrackingModel, { correction, seeds }: TrackedObject): CorrectedSeed | null {
  const corrected = seeds.find((one) => one.prompted && one.frame === correction?.frame);
  return model.carriesChanges && corrected?.known ? { ...corrected, known: corrected.known } : null;
}

/**
 * The same where it mends the mask that was there: that is carried as a change. One that says the object anew is not.
 */
export function mendingSeed(model: TrackingModel, object: TrackedObject): CorrectedSeed | null {
  const corrected = correctedSeed(model, object);
  return corrected && mends(corrected.known, corrected.mask) ? corrected : null;
}

/** How far the correction of an object is carried; null where there is none, or where the family knows by itself. */
export function courseOf(model: TrackingModel, object: TrackedObject, reverse: boolean): ChangeCourse | null {
  const corrected = correctedSeed(model, object);
  if (!corrected) return null;
  const { known, mask, frame: from } = corrected;
  const ahead = vouchedSeeds(object, from).filter(({ frame }) => (reverse ? frame < from : frame > from));
  return new ChangeCourse(known, mask, from, ahead[0]?.frame ?? null);
}

/** The frames next to a correction that mends a mask which may speak against parts of it. */
export async function vouchedFrames(
  model: TrackingModel,
  object: TrackedObject,
  embeddingOf: (frame: number) => Promise<Embedding>,
): Promise<VouchedFrame[]> {
  const corrected = mendingSeed(model, object);
  if (!corrected || !model.carriedPart) return [];
  const vouched = [];
  for (const { frame, mask } of vouchedSeeds(object, corrected.frame).slice(0, framesHeard))
    vouched.push({ embedding: await embeddingOf(frame), mask });
  return vouched;
}

/** Of a corrected mask, what is carried: without the changes that vouched frames speak against. */
export function carriedOf(
  model: TrackingModel,
  vouched: readonly VouchedFrame[],
  embedding: Embedding,
  seed: Seed,
): Bitmap {
  const { mask, known: base, prompts } = seed;
  if (!model.carriedPart || !base || vouched.length === 0) return mask;
  return model.carriedPart(embedding, { mask, base, clicks: prompts?.points ?? [] }, vouched);
}

/** Other frames than the corrected one whose whole masks the user vouches for, the nearest first. */
function vouchedSeeds({ seeds }: TrackedObject, corrected: number): Seed[] {
  const distance = ({ frame }: Seed): number => Math.abs(frame - corrected);
  const others = seeds.filter((one) => one.prompted && one.frame !== corrected && !isMended(one));
  return others.sort((a, b) => distance(a) - distance(b));
}

/** True for a carried mask that was mended by clicks: the user vouches for what they changed, not for all of it. */
function isMended({ base, mask }: Seed): boolean {
  return !!base && mends(base, mask);
}
