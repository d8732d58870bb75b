import { bitmapBox, connectedComponents, encodeRunLength } from '../mask';
import type { Bitmap, RunLength } from '../mask';

export type Place = readonly [x: number, y: number];
/** Places in order; the last is joined to the first. */
export type Ring = readonly Place[];

/** One outline, told twice. */
export interface Outline {
  /** Along the edges of pixels: (0, 0) is the picture's corner, x to the right, y down. Corners only. */
  readonly corners: Ring;
  /** Through the centres of the object's own pixels along that edge, as OpenCV's findContours: whole numbers. */
  readonly centres: Ring;
}

/** One part of a mask: pixels that touch by sides or corners, and the holes in it. */
export interface TracedPart {
  readonly outer: Outline;
  readonly holes: readonly Outline[];
}

const steps: readonly Place[] = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
];
/** The pixel to the right of an edge that leaves a corner in a direction: east, south, west, north. */
const inside: readonly Place[] = [
  [0, 0],
  [-1, 0],
  [-1, -1],
  [0, -1],
];

/** The outlines of a mask. Every part has one around it, clockwise, and one for each hole, the other way about. */
export function tracePolygons(mask: Bitmap): TracedPart[] {
  const { width, height, data } = mask;
  const box = bitmapBox(mask);
  if (!box) return [];
  const set = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  const { labels } = connectedComponents(mask, true);
  const seen = new Uint8Array(data.length);
  const parts = new Map<number, { outer: Outline | null; holes: Outline[] }>();
  for (let y = box.y0; y <= box.y1; y++) {
    for (let x = box.x0; x <= box.x1; x++) {
      // Each outline has an edge with the object below it.
      if (!set(x, y) || set(x, y - 1) || seen[y * width + x] === 1) continue;
      const outline = walk(set, x, y, (i, j) => (seen[j * width + i] = 1));
      const label = labels[y * width + x]!;
      const part = parts.get(label) ?? { outer: null, holes: [] };
      if (signedArea(outline.corners) > 0) part.outer = outline;
      else part.holes.push(outline);
      parts.set(label, part);
    }
  }
  return [...parts.values()].flatMap(({ outer, holes }) => (outer ? [{ outer, holes }] : []));
}

/** Follows edges with the object to the right, from the top edge of a pixel on. */
function walk(
  set: (x: number, y: number) => boolean,
  startX: number,
  startY: number,
  seeTop: (x: number, y: number) => void,
): Outline {
  const corners: Place[] = [];
  const centres: Place[] = [];
  let [x, y, direction] = [startX, startY, 0];
  do {
    const pixel: Place = [x + inside[direction]![0], y + inside[direction]![1]];
    if (direction === 0) seeTop(...pixel);
    const last = centres[centres.length - 1];
    if (!last || last[0] !== pixel[0] || last[1] !== pixel[1]) centres.push(pixel);
    x += steps[direction]![0];
    y += steps[direction]![1];
    // Left first: pixels that touch by a corner belong together.
    const next = [3, 0, 1].map((turn) => (direction + turn) % 4).find((one) => isEdge(set, x, y, one))!;
    if (next !== direction) corners.push([x, y]);
    direction = next;
  } while (x !== startX || y !== startY || direction !== 0);
  return { corners, centres: withoutMiddles(centres) };
}

/** True where an edge leaves a corner in a direction: the object to the right of it, none to the left. */
function isEdge(set: (x: number, y: number) => boolean, x: number, y: number, direction: number): boolean {
  const right = inside[direction]!;
  const left = inside[(direction + 3) % 4]!;
  return set(x + right[0], y + right[1]) && !set(x + left[0], y + left[1]);
}

/** Without those that lie on the line between their neighbours. */
function withoutMiddles(ring: Ring): Ring {
  const first = ring[0]!;
  const last = ring[ring.length - 1]!;
  const open = ring.length > 1 && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
  if (open.length < 3) return open;
  return open.filter(([x, y], i) => {
    const [px, py] = open[(i + open.length - 1) % open.length]!;
    const [nx, ny] = open[(i + 1) % open.length]!;
    return x - px !== nx - x || y - py !== ny - y;
  });
}

/** Twice the area of a ring; positive where it goes clockwise on the screen. */
function signedArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) {
    const [x0, y0] = ring[i]!;
    const [x1, y1] = ring[(i + 1) % ring.length]!;
    sum += x0 * y1 - x1 * y0;
  }
  return sum;
}

/**
 * One ring for a part with holes: each hole is reached from its leftmost place straight to the left, through the
 * object, and left the same way, so that the bridge has no width.
 */
export function bridgedRings({ outer, holes }: TracedPart, kind: 'corners' | 'centres'): Ring {
  let ring: Place[] = [...outer[kind]];
  const open = holes.map((one) => leftmostFirst(one[kind])).sort((a, b) => a[0]![0] - b[0]![0]);
  for (const hole of open) {
    const [x, y] = hole[0]!;
    const { at, place } = leftOf(ring, x, y);
    ring = [...ring.slice(0, at + 1), place, ...hole, hole[0]!, place, ...ring.slice(at + 1)];
  }
  return ring;
}

function leftmostFirst(ring: Ring): Ring {
  let best = 0;
  ring.forEach(([x], i) => (best = x < ring[best]![0] ? i : best));
  return [...ring.slice(best), ...ring.slice(0, best)];
}

/** Where a ring is met first when one goes left from a place: the edge after place `at`, and the place on it. */
function leftOf(ring: Ring, x: number, y: number): { at: number; place: Place } {
  let best: { at: number; place: Place } | null = null;
  for (let i = 0; i < ring.length; i++) {
    const [x0, y0] = ring[i]!;
    const [x1, y1] = ring[(i + 1) % ring.length]!;
    if (y < Math.min(y0, y1) || y > Math.max(y0, y1)) continue;
    const met =
      y0 === y1
        ? Math.max(x0, x1) <= x
          ? Math.max(x0, x1)
          : Math.min(x0, x1)
        : x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
    if (met <= x && (!best || met > best.place[0])) best = { at: i, place: [met, y] };
  }
  return best ?? { at: 0, place: ring[0]! };
}

/**
 * The pixels whose centres lie inside polygons along the edges of pixels, by the even-odd rule within one ring; several
 * rings are joined. Places beyond the picture are cut off.
 */
export function fillRings(rings: readonly Ring[], width: number, height: number): RunLength {
  const data = new Uint8Array(width * height);
  for (const ring of rings) fillRing(data, ring, width, height);
  return encodeRunLength({ width, height, data });
}

/** Only the rows that the ring reaches are walked: a file may have very many small rings. */
function fillRing(data: Uint8Array, ring: Ring, width: number, height: number): void {
  let [top, bottom] = [Infinity, -Infinity];
  for (const [, y] of ring) [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  const end = Math.min(height, Math.ceil(bottom) + 1);
  for (let y = Math.max(0, Math.floor(top) - 1); y < end; y++) {
    const middle = y + 0.5;
    const met: number[] = [];
    for (let i = 0; i < ring.length; i++) {
      const [x0, y0] = ring[i]!;
      const [x1, y1] = ring[(i + 1) % ring.length]!;
      if (y0 <= middle !== y1 <= middle) met.push(x0 + ((middle - y0) / (y1 - y0)) * (x1 - x0));
    }
    met.sort((a, b) => a - b);
    for (let i = 0; i + 1 < met.length; i += 2) {
      const from = Math.max(0, Math.ceil(met[i]! - 0.5));
      const to = Math.min(width, Math.ceil(met[i + 1]! - 0.5));
      if (to > from) data.fill(1, y * width + from, y * width + to);
    }
  }
}

/**
 * The pixels of polygons through the centres of pixels: those inside by the even-odd rule, and those that the outline
 * itself goes through, as OpenCV's fillPoly has it for whole numbers.
 */
export function fillCentres(rings: readonly Ring[], width: number, height: number): RunLength {
  const data = new Uint8Array(width * height);
  for (const ring of rings) {
    const moved = ring.map(([x, y]) => [x + 0.5, y + 0.5] as const);
    fillRing(data, moved, width, height);
    ring.forEach((place, i) => drawLine(data, width, height, place, ring[(i + 1) % ring.length]!));
  }
  return encodeRunLength({ width, height, data });
}

function drawLine(data: Uint8Array, width: number, height: number, [x0, y0]: Place, [x1, y1]: Place): void {
  const length = Math.min(1 << 16, Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1));
  for (let i = 0; i <= length; i++) {
    const x = Math.round(x0 + ((x1 - x0) * i) / length);
    const y = Math.round(y0 + ((y1 - y0) * i) / length);
    if (x >= 0 && y >= 0 && x < width && y < height) data[y * width + x] = 1;
  }
}
