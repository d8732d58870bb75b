import { bitmapBox, boxesMeet, grownBox } from '../../mask';
import type { PixelBox } from '../../mask';
import type { Sought, WhereToLook } from '../tracking';
import { closeupOf, stepsBetween } from './closer-look';
import { joinBoxes } from './grid-mask';
import type { MobileMemory } from './mobile-memory';

/** Steps by which an object has to be seen larger for another closeup to be worth its encoding: twice as large. */
const worthAnother = 3;
/** Those that have a closeup each have one in common again where none is seen smaller for it by so many steps. */
const muchSmaller = 2;
/** Closeups of a frame, at most: each takes an encoding, and has frames of its own that are remembered. */
const mostCloseups = 8;

/** An object by its place in the list, and what of the frame has to show it; null where nothing is known of it. */
interface Placed {
  readonly place: number;
  readonly memories: readonly MobileMemory[];
  readonly box: PixelBox | null;
  readonly coming: PixelBox | null;
  readonly size: { readonly width: number; readonly height: number } | null;
  /** True for one that has no closeup of its own: a rival, or one of which nothing is known yet. */
  readonly goesAlong: boolean;
}

/** Objects that are looked for together. */
interface Group {
  readonly objects: readonly Placed[];
  /** The largest zoom at which those of it that touch could be seen without the others. */
  readonly best: number;
}

/**
 * How each of several objects is looked for. Those in sight in as few closeups as leave none much smaller than it could be seen; those that touch in
 * one, since they compete. Those that are lost apart from them in the whole picture, every few frames, and those that are corrected on each; so
 * that one that is out of sight does not have all others seen from afar. Where none is in sight all are looked for together.
 */
export function whereToLook(objects: readonly Sought<MobileMemory>[]): WhereToLook {
  const places = [...objects.keys()];
  const isInSight = (at: number): boolean => {
    const { memories, coming } = objects[at]!;
    // Of a corrected one by what is known with the correction: it may have been found by it.
    return coming !== null || !memories[0]?.isAway;
  };
  const inSight = places.filter(isInSight);
  if (inSight.length === 0) return { followed: [places], searched: [] };
  const isSought = (at: number): boolean =>
    objects[at]!.corrected || objects[at]!.memories.some((one) => one.isSought);
  const searched = places.filter((at) => !isInSight(at) && isSought(at));
  const followed =
    inSight.length === 1 ? [inSight] : inCloseups(inSight.map((at) => placed(objects[at]!, at)));
  return { followed, searched };
}

function placed({ memories, coming, rival }: Sought<MobileMemory>, place: number): Placed {
  const comes = coming && bitmapBox(coming);
  const box = comes ?? joinBoxes(memories.map((one) => one.expectedBox()).filter((one) => one !== null));
  const size = coming ?? memories.flatMap((memory) => memory.kept)[0]?.shape ?? null;
  return { place, memories, box, coming: comes, size, goesAlong: rival || !box };
}

/** Which of the objects share a closeup. In one order from frame to frame, and as on the frame before as far as that will do. */
function inCloseups(objects: readonly Placed[]): number[][] {
  const sets = touching(objects);
  if (sets.length === 1) return [objects.map((one) => one.place)];
  const groups: Group[] = [];
  const lone = sets.map((one): Group => ({ objects: one, best: zoomOf(one) }));
  const alongLast = [...lone.filter((one) => !goesAlong(one)), ...lone.filter(goesAlong)];
  for (const group of alongLast) {
    const mustJoin = groups.length === mostCloseups || (groups.length > 0 && goesAlong(group));
    const at = placeAmong(groups, group, mustJoin);
    if (at === null) groups.push(group);
    else groups[at] = joined(groups[at]!, group);
  }
  return groups.map((group) => group.objects.map((one) => one.place).sort((a, b) => a - b));
}

function goesAlong({ objects }: Group): boolean {
  return objects.every((one) => one.goesAlong);
}

/**
 * The group that another joins, null for none: the one that it was in, while that leaves none too small; else the one with which it is seen
 * largest. One that must join stays where it was in any case.
 */
function placeAmong(groups: readonly Group[], another: Group, mustJoin: boolean): number | null {
  let largest: { readonly at: number; readonly zoom: number; readonly before: boolean } | null = null;
  for (const [at, group] of groups.entries()) {
    const all = joined(group, another);
    const zoom = zoomOf(all.objects);
    const before = wereTogether(group, another);
    if (!mustJoin && stepsBetween(all.best, zoom) >= (before ? worthAnother : muchSmaller)) continue;
    const better = !largest || (before === largest.before ? zoom > largest.zoom : before);
    if (better) largest = { at, zoom, before };
  }
  return largest?.at ?? null;
}

function joined(a: Group, b: Group): Group {
  return { objects: [...a.objects, ...b.objects], best: Math.max(a.best, b.best) };
}

function zoomOf(objects: readonly Placed[]): number {
  const memories = objects.flatMap((one) => one.memories);
  const coming = objects.flatMap((one) => one.coming ?? []);
  const size = objects.find((one) => one.size)?.size;
  return (size && closeupOf(memories, coming, size)?.zoom) ?? 1;
}

/** True where some of both were seen in one closeup last, or where none of one was seen yet. */
function wereTogether(a: Group, b: Group): boolean {
  const isNew = ({ objects }: Group): boolean => objects.every((one) => lastLook(one) === null);
  if (isNew(a) || isNew(b)) return true;
  return a.objects.some((one) => b.objects.some((other) => sharedLook(one, other)));
}

/** True for two that were seen in one closeup when one of them was seen last: it may have been out of sight since. */
function sharedLook(one: Placed, other: Placed): boolean {
  return recentLooks(other).includes(lastLook(one)) || recentLooks(one).includes(lastLook(other));
}

/** What tells looks apart, the last one last: all that were seen in one share its maps. */
function recentLooks({ memories }: Placed): (object | null)[] {
  return memories[0]?.recent.map((one) => one.embedding.coarse) ?? [];
}

function lastLook(one: Placed): object | null {
  return recentLooks(one).at(-1) ?? null;
}

/** Objects in sets of those that touch, one by the other: each taken half again as large, and twice where they were seen together. */
function touching(objects: readonly Placed[]): Placed[][] {
  const sets: Placed[][] = [];
  for (const one of objects) {
    const near = sets.filter((set) => set.some((other) => touch(one, other)));
    for (const set of near) sets.splice(sets.indexOf(set), 1);
    sets.push([...near.flat(), one]);
  }
  const first = (set: readonly Placed[]): number => Math.min(...set.map((one) => one.place));
  return sets.sort((a, b) => first(a) - first(b));
}

function touch(a: Placed, b: Placed): boolean {
  if (!a.box || !b.box) return false;
  const by = sharedLook(a, b) ? 0.5 : 0.25;
  return boxesMeet(grownBox(a.box, by), grownBox(b.box, by));
}
