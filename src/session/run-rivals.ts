import type { WireObject, WireSeed } from '../engine/host';
import { decodeRunLength, encodeRunLength, runLengthShape } from '../mask';
import type { PixelBox, RunLength } from '../mask';
import { absences, promptedSeed, promptedSeeds, recalledSeeds } from './block-seeds';
import type { SeedParts } from './block-seeds';
import type { Sweep } from './run-plan';
import type { FrameSpan } from './video';

/** Frames before a run that a rival is remembered from: fewer than an object's own, since each may have to be encoded. */
const recalled = 4;

/** A correction that a sweep carries. */
export interface CarriedCorrection {
  /** The corrected frame. */
  readonly frame: number;
  /** The masks that stood where the sweep has been, by object and frame. */
  readonly replaced: ReadonlyMap<string, ReadonlyMap<number, string>>;
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
  correction?: CarriedCorrection,
): Promise<WireObject[]> {
  const own = new Set(sweep.objects.map((one) => one.id));
  const rivals: WireObject[] = [];
  for (const { id } of parts.document.objects) {
    if (own.has(id) || !(await comesNear(parts, id, own, [first, last]))) continue;
    const most = correction ? Math.min(recalled, Math.abs(from - correction.frame)) : recalled;
    const seeds = await recalledSeeds(parts, id, from, sweep.reverse, { most });
    if (correction) await takeAway(parts, sweep, correction, seeds);
    for (const frame of promptedSeeds(parts.document, id, [first, last]))
      seeds.push(await promptedSeed(parts, id, frame));
    if (seeds.length > 0)
      rivals.push({ id, seeds, start: from, absent: absences(parts.document, id), rival: true });
  }
  return rivals;
}

/** Takes from a rival's masks what a correction has added to the sweep's objects there. */
async function takeAway(
  { document, store }: SeedParts,
  { objects }: Sweep,
  { frame: corrected, replaced }: CarriedCorrection,
  seeds: WireSeed[],
): Promise<void> {
  for (const [i, seed] of seeds.entries()) {
    for (const { id } of objects) {
      const entry = document.objects.some((one) => one.id === id)
        ? document.track(id).entryAt(seed.frame)
        : undefined;
      const { source } = entry ?? {};
      const before =
        seed.frame === corrected && source?.kind === 'prompted'
          ? source.before?.mask
          : replaced.get(id)?.get(seed.frame);
      if (!entry || before === undefined) continue;
      const mask = withoutAdded(seeds[i]!.mask, await store.get(before), await store.get(entry.mask));
      seeds[i] = { ...seed, mask };
    }
  }
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
  others: ReadonlySet<string>,
  [first, last]: FrameSpan,
): Promise<boolean> {
  for (let frame = first; frame <= last; frame++) {
    const box = await boxAt(parts, id, frame);
    if (!box) continue;
    for (const other of others) {
      const theirs = await boxAt(parts, other, frame);
      if (theirs && touch(grown(box), grown(theirs))) return true;
    }
  }
  return false;
}

async function boxAt({ document, store }: SeedParts, id: string, frame: number): Promise<PixelBox | null> {
  const entry = document.track(id).entryAt(frame);
  if (!entry || entry.area === 0 || document.isAbsent(id, frame)) return null;
  return runLengthShape(await store.get(entry.mask)).box;
}

function grown({ x0, y0, x1, y1 }: PixelBox): PixelBox {
  const [wide, high] = [(x1 - x0 + 1) / 4, (y1 - y0 + 1) / 4];
  return { x0: x0 - wide, y0: y0 - high, x1: x1 + wide, y1: y1 + high };
}

function touch(a: PixelBox, b: PixelBox): boolean {
  return a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1;
}
