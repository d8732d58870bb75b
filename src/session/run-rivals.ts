import { baseOf } from '../annotation';
import type { WireObject, WireSeed } from '../engine/host';
import { boxesMeet, decodeRunLength, encodeRunLength, grownBox, runLengthShape } from '../mask';
import type { PixelBox, RunLength } from '../mask';
import { absences, promptedSeed, promptedSeeds, recalledSeeds } from './block-seeds';
import type { SeedParts } from './block-seeds';
import type { Sweep } from './run-plan';
import type { FrameSpan } from './video';

/** Frames before a run that a rival is remembered from: fewer than an object's own, since each may have to be encoded. */
const recalled = 4;

/** Boxes are near where they meet with so much of their size more to each side: each half again as large. */
const nearby = 0.25;

/** A correction that a sweep carries. */
export interface CarriedCorrection {
  /** The corrected frame. */
  readonly frame: number;
  /** The masks that stood where the sweep has been, by object and frame. */
  readonly replaced: ReadonlyMap<string, ReadonlyMap<number, string>>;
}

/** What a sweep has come by. */
export interface FollowedSoFar {
  /** Where objects were followed anew last. */
  readonly anew?: ReadonlyMap<string, number>;
  readonly correction?: CarriedCorrection | undefined;
}

/**
 * The other objects that come near those of a sweep in a block: a family whose objects compete follows them along from
 * what is stored of them, so that an object corrected by itself is not taken for its neighbour. Nothing of theirs is stored
 * anew. `from`: the first frame that is computed. Of a correction they are remembered from its frame on, without what it took
 * from them: else they would claim it again on every frame.
 */
export async function rivalsOf(
  parts: SeedParts,
  sweep: Sweep,
  [first, last]: FrameSpan,
  from: number,
  { anew, correction }: FollowedSoFar = {},
): Promise<WireObject[]> {
  const ofSweep = new Set(sweep.objects.map((one) => one.id));
  const all = parts.document.objects.map((one) => one.id);
  // Some of the sweep's may have been removed while it goes on.
  const own = all.filter((id) => ofSweep.has(id));
  const rivals: WireObject[] = [];
  for (const id of all) {
    if (ofSweep.has(id) || !(await comesNear(parts, id, own, [first, last]))) continue;
    const most = correction ? Math.min(recalled, Math.abs(from - correction.frame)) : recalled;
    const seeds = await recalledSeeds(parts, id, from, sweep.reverse, { most, since: anew?.get(id) });
    if (correction)
      for (const [i, seed] of seeds.entries()) seeds[i] = await withoutTaken(parts, own, correction, seed);
    for (const frame of promptedSeeds(parts.document, id, [first, last]))
      seeds.push(await promptedSeed(parts, id, frame));
    if (seeds.length > 0)
      rivals.push({ id, seeds, start: from, absent: absences(parts.document, id), rival: true });
  }
  return rivals;
}

/** A rival's mask without what a correction has added there to the sweep's `own` objects. */
async function withoutTaken(
  { document, store }: SeedParts,
  own: readonly string[],
  { frame: corrected, replaced }: CarriedCorrection,
  seed: WireSeed,
): Promise<WireSeed> {
  let { mask } = seed;
  for (const id of own) {
    const entry = document.track(id).entryAt(seed.frame);
    const before =
      seed.frame === corrected && entry?.source.kind === 'prompted'
        ? baseOf(entry.source)
        : replaced.get(id)?.get(seed.frame);
    if (!entry || before === undefined) continue;
    mask = withoutAdded(mask, await store.get(before), await store.get(entry.mask));
  }
  return { ...seed, mask };
}

/** A mask without what another has now and had not before. */
function withoutAdded(mask: RunLength, before: RunLength, now: RunLength): RunLength {
  const [own, had, has] = [mask, before, now].map(decodeRunLength);
  const data = own!.data.map((one, at) => (has!.data[at] === 1 && had!.data[at] === 0 ? 0 : one));
  return encodeRunLength({ ...own!, data });
}

/** True when a stored mask of the object touches one of the others' on some frame, each taken half again as large. */
async function comesNear(
  parts: SeedParts,
  id: string,
  others: readonly string[],
  [first, last]: FrameSpan,
): Promise<boolean> {
  for (let frame = first; frame <= last; frame++) {
    const box = await boxAt(parts, id, frame);
    if (!box) continue;
    for (const other of others) {
      const theirs = await boxAt(parts, other, frame);
      if (theirs && boxesMeet(grownBox(box, nearby), grownBox(theirs, nearby))) return true;
    }
  }
  return false;
}

async function boxAt({ document, store }: SeedParts, id: string, frame: number): Promise<PixelBox | null> {
  const entry = document.track(id).entryAt(frame);
  if (!entry || entry.area === 0 || document.isAbsent(id, frame)) return null;
  return runLengthShape(await store.get(entry.mask)).box;
}
