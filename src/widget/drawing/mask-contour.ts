import type { RunLength } from '../../mask';
import { forEachColumnRun } from './mask-lookup';

/**
 * A closed line along pixel edges: x, y, x, y … in corner coordinates (the first pixel reaches from 0 to 1). The
 * set pixels lie to the right of the way it goes, so outer lines run clockwise and holes against the clock.
 */
export type ContourLoop = readonly number[];

/** Edges that leave a corner, as pairs of a corner and up to two ends. */
type EdgeMap = Map<number, number[]>;

/**
 * The outlines of a mask, along the pixels' edges and with corners only where the line turns. The work grows with
 * the outline's length, not with the picture.
 */
export function maskContour(mask: RunLength): ContourLoop[] {
  const stride = mask.height + 1;
  const edges = collectEdges(mask, stride);
  const loops: ContourLoop[] = [];
  for (const start of edges.keys()) {
    while ((edges.get(start)?.length ?? 0) > 0) loops.push(followLoop(edges, start, stride));
  }
  return loops;
}

function collectEdges(mask: RunLength, stride: number): EdgeMap {
  const edges: EdgeMap = new Map();
  const add = (x0: number, y0: number, x1: number, y1: number): void => {
    const from = x0 * stride + y0;
    const to = x1 * stride + y1;
    const ends = edges.get(from);
    if (ends) ends.push(to);
    else edges.set(from, [to]);
  };
  let column = -1;
  let before: number[] = [];
  let current: number[] = [];
  const closeColumn = (): void => {
    if (column < 0) return;
    addColumnSide(before, current, column, add);
    before = current;
    current = [];
  };
  forEachColumnRun(mask, (x, y0, y1) => {
    if (x !== column) {
      closeColumn();
      if (x !== column + 1 && before.length > 0) {
        addColumnSide(before, [], column + 1, add);
        before = [];
      }
      column = x;
    }
    add(x, y0, x + 1, y0);
    add(x + 1, y1, x, y1);
    current.push(y0, y1);
  });
  closeColumn();
  if (before.length > 0) addColumnSide(before, [], column + 1, add);
  return edges;
}

/** The upright edges at `x` between two columns: down where only the left is set, up where only the right is. */
function addColumnSide(
  left: readonly number[],
  right: readonly number[],
  x: number,
  add: (x0: number, y0: number, x1: number, y1: number) => void,
): void {
  let i = 0;
  let j = 0;
  let y = 0;
  while (i < left.length || j < right.length) {
    const next = Math.min(left[i] ?? Infinity, right[j] ?? Infinity);
    const inLeft = (i & 1) === 1;
    const inRight = (j & 1) === 1;
    if (inLeft && !inRight) add(x, y, x, next);
    if (!inLeft && inRight) add(x, next, x, y);
    y = next;
    if (left[i] === next) i++;
    if (right[j] === next) j++;
  }
}

function followLoop(edges: EdgeMap, start: number, stride: number): ContourLoop {
  const corners: number[] = [];
  let at = start;
  let direction = -1;
  do {
    const next = takeEdge(edges, at, direction, stride);
    const turned = directionOf(at, next, stride);
    if (turned !== direction) corners.push(Math.floor(at / stride), at % stride);
    direction = turned;
    at = next;
  } while (at !== start);
  return withoutFalseStart(corners);
}

function takeEdge(edges: EdgeMap, at: number, direction: number, stride: number): number {
  const ends = edges.get(at)!;
  if (ends.length === 1 || direction < 0) return ends.pop()!;
  // Two ways on: turning to the right keeps each pixel's own line.
  const right = (direction + 1) % 4;
  const index = ends.findIndex((end) => directionOf(at, end, stride) === right);
  return ends.splice(index < 0 ? 0 : index, 1)[0]!;
}

/** 0 right, 1 down, 2 left, 3 up. */
function directionOf(from: number, to: number, stride: number): number {
  const dx = Math.floor(to / stride) - Math.floor(from / stride);
  if (dx !== 0) return dx > 0 ? 0 : 2;
  return to > from ? 1 : 3;
}

/** The start is a corner only if the line turns there. */
function withoutFalseStart(corners: number[]): ContourLoop {
  const n = corners.length;
  const [x, y] = [corners[0]!, corners[1]!];
  const upright = corners[n - 2] === x && corners[2] === x;
  const level = corners[n - 1] === y && corners[3] === y;
  return upright || level ? corners.slice(2) : corners;
}

/** The area inside the loops in pixels, holes taken off. */
export function contourArea(loops: readonly ContourLoop[]): number {
  let twice = 0;
  for (const loop of loops) {
    for (let i = 0; i < loop.length; i += 2) {
      const j = (i + 2) % loop.length;
      twice += loop[i]! * loop[j + 1]! - loop[j]! * loop[i + 1]!;
    }
  }
  return twice / 2;
}
