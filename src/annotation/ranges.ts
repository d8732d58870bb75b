import type { RangeRecord } from './records';

/** True when a range record is about this object and frame. */
export function covers(
  range: Pick<RangeRecord, 'objectId' | 'first' | 'last'>,
  objectId: string,
  frame: number,
): boolean {
  return range.objectId === objectId && frame >= range.first && frame <= range.last;
}

/** True when an object's ranges together cover all frames from `first` to `last`. */
export function coversAll(
  ranges: readonly Pick<RangeRecord, 'objectId' | 'first' | 'last'>[],
  objectId: string,
  [first, last]: readonly [first: number, last: number],
): boolean {
  const own = ranges.filter((one) => one.objectId === objectId).sort((a, b) => a.first - b.first);
  let open = first;
  for (const one of own) if (one.first <= open && one.last >= open) open = one.last + 1;
  return open > last;
}

/**
 * A range cut out of others: what is left of each, ends inclusive, in order. `[0, 9]` without `[3, 4]` is `[0, 2]` and
 * `[5, 9]`.
 */
export function without(
  ranges: readonly (readonly [first: number, last: number])[],
  holes: readonly (readonly [first: number, last: number])[],
): (readonly [first: number, last: number])[] {
  return holes.reduce<(readonly [number, number])[]>(
    (rest, [first, last]) =>
      rest.flatMap(([from, to]) => {
        if (last < from || first > to) return [[from, to] as const];
        return [
          ...(from < first ? [[from, first - 1] as const] : []),
          ...(to > last ? [[last + 1, to] as const] : []),
        ];
      }),
    [...ranges],
  );
}
