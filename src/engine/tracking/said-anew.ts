import { bitmapArea } from '../../mask';
import type { Bitmap } from '../../mask';
import { mends } from './carry-change';
import type { ObjectMemory, Segmentation, TrackingModel } from './model-port';
import type { Seed, TrackedObject } from './tracked-object';

/** An object that is there as it was, and has lost less of its mask to others than this, is followed on as before. */
const mostLost = 0.1;

/** An object on a frame that a run comes by. */
export interface FollowedObject {
  readonly object: Pick<TrackedObject, 'id'>;
  readonly memory: ObjectMemory;
  readonly seedAt: ReadonlyMap<number, Seed>;
}

/** Finds objects on a frame, in the order of their memories. */
export type Ask = (memories: readonly ObjectMemory[]) => Promise<Segmentation[]>;

/** An object that is followed anew from a frame on. */
export interface StartedAnew {
  readonly objectId: string;
  /** What the run would have found of it where the user says that it is something else; null where a part of it is said to be another. */
  readonly found: Bitmap | null;
}

/** What the user says on a frame. */
export interface Said {
  readonly masks: readonly Bitmap[];
  /** The objects that are followed anew from here, so far. */
  readonly anew: StartedAnew[];
}

/** A frame on which the user says nothing. */
export const nothingSaid: Said = { masks: [], anew: [] };

/**
 * What the user says on a frame, for families whose objects compete. Where the run would have found something else in the place of an
 * object, what was seen of it just before is as wrong: it is followed anew from here, by this frame and others that the user vouches for.
 */
export async function saidOn(
  model: TrackingModel,
  objects: readonly FollowedObject[],
  frame: number,
  ask: Ask,
): Promise<Said> {
  if (!model.startAnew) return nothingSaid;
  const said = objects.map(({ seedAt }) => {
    const seed = seedAt.get(frame);
    return seed?.prompted ? seed.mask : null;
  });
  const isFollowed = ({ memory }: FollowedObject, at: number): boolean =>
    said[at] !== null && memory.bytes > 0;
  const anew: StartedAnew[] = [];
  if (objects.some(isFollowed)) {
    const answers = await ask(objects.map((one) => one.memory));
    for (const [at, followed] of objects.entries()) {
      const found = answers[at]!.mask;
      if (!isFollowed(followed, at) || !isSomethingElse(found, said[at]!)) continue;
      model.startAnew(followed.memory);
      anew.push({ objectId: followed.object.id, found });
    }
  }
  return { masks: said.filter((one) => one !== null), anew };
}

/** What is found of an object where others are said to be: without those. Where that is a part of it, it is followed anew. */
export function withoutSaid(
  model: TrackingModel,
  followed: FollowedObject,
  found: Segmentation,
  { masks, anew }: Said,
): Segmentation {
  if (masks.length === 0) return found;
  const { mask } = found;
  const data = mask.data.map((one, i) => (one === 1 && !masks.some((other) => other.data[i] === 1) ? 1 : 0));
  const left = { ...mask, data };
  const [before, after] = [bitmapArea(mask), bitmapArea(left)];
  if (after === before) return found;
  // One of which nothing is left is where it was, behind the others.
  if (after > 0 && after < (1 - mostLost) * before) {
    model.startAnew?.(followed.memory);
    anew.push({ objectId: followed.object.id, found: null });
  }
  return { ...found, mask: left };
}

/** True for what is found in the place of an object. Where nothing is found, or nothing is to be, it may be out of sight. */
function isSomethingElse(found: Bitmap, said: Bitmap): boolean {
  return found.data.includes(1) && said.data.includes(1) && !mends(found, said);
}
