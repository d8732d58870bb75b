/** Which way a run goes from its seeds. */
export type Direction = 'forward' | 'backward' | 'both';

interface Seeded {
  readonly id: string;
  readonly seeds: readonly { readonly frame: number }[];
  /** The frame that it is computed from on; its first seed in the sweep's direction where nothing is said. */
  readonly start?: number;
}

/** One sweep over the video in one direction; ends inclusive. */
export interface Pass<T extends Seeded = Seeded> {
  readonly first: number;
  readonly last: number;
  readonly reverse: boolean;
  readonly objects: readonly T[];
  /** True when the sweep has reached or passed the object's first seed in its direction. */
  startsAt(objectId: string, frame: number): boolean;
}

/**
 * The sweeps of a run. Forward: from each object's first seed to the end of the range. Backward: from its last
 * seed to the start. Both: backward from the first seed, and forward from it through all the others, so that no
 * frame is computed twice. Seeds before a forward range (after a backward one) let the object start at its edge.
 */
export function planPasses<T extends Seeded>(options: {
  readonly direction: Direction;
  readonly first: number;
  readonly last: number;
  readonly objects: readonly T[];
}): Pass<T>[] {
  const { direction, first, last } = options;
  const objects = options.objects.filter((object) => object.seeds.length > 0);
  const lowest = (object: T): number => object.start ?? Math.min(...object.seeds.map((seed) => seed.frame));
  const highest = (object: T): number => object.start ?? Math.max(...object.seeds.map((seed) => seed.frame));
  const passes: (Pass<T> | null)[] = [];
  if (direction !== 'backward') passes.push(forwardPass(objects, first, last, lowest));
  if (direction === 'backward') passes.push(backwardPass(objects, first, last, highest));
  if (direction === 'both') passes.push(backwardPass(objects, first, last, lowest));
  return passes.filter((pass) => pass !== null).filter((pass) => countSteps([pass]).masks > 0);
}

function forwardPass<T extends Seeded>(
  objects: readonly T[],
  first: number,
  last: number,
  startOf: (object: T) => number,
): Pass<T> | null {
  const starts = new Map(objects.map((object) => [object.id, Math.max(first, startOf(object))]));
  const taking = objects.filter((object) => starts.get(object.id)! <= last);
  if (taking.length === 0) return null;
  const from = Math.min(...taking.map((object) => starts.get(object.id)!));
  const startsAt = (id: string, frame: number): boolean => frame >= starts.get(id)!;
  return { first: from, last, reverse: false, objects: taking, startsAt };
}

function backwardPass<T extends Seeded>(
  objects: readonly T[],
  first: number,
  last: number,
  startOf: (object: T) => number,
): Pass<T> | null {
  const starts = new Map(objects.map((object) => [object.id, Math.min(last, startOf(object))]));
  const taking = objects.filter((object) => starts.get(object.id)! >= first);
  if (taking.length === 0) return null;
  const from = Math.max(...taking.map((object) => starts.get(object.id)!));
  const startsAt = (id: string, frame: number): boolean => frame <= starts.get(id)!;
  return { first, last: from, reverse: true, objects: taking, startsAt };
}

/** How many frames the sweeps compute masks on, which is what progress counts, and how many masks in all. */
export function countSteps<T extends Seeded>(passes: readonly Pass<T>[]): { frames: number; masks: number } {
  let frames = 0;
  let masks = 0;
  for (const pass of passes) {
    for (let frame = pass.first; frame <= pass.last; frame++) {
      const present = pass.objects.filter((object) => pass.startsAt(object.id, frame));
      const computed = present.filter((object) => !object.seeds.some((seed) => seed.frame === frame));
      if (computed.length > 0) frames++;
      masks += computed.length;
    }
  }
  return { frames, masks };
}
