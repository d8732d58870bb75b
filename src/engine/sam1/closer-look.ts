import { bitmapBox, grownBox } from '../../mask';
import type { Bitmap, PixelBox } from '../../mask';
import type { Closeup } from '../tracking';
import { joinBoxes } from './grid-mask';
import type { MobileEmbedding } from './mobile-embedding';
import type { MobileMemory, Remembered } from './mobile-memory';
import { cellSize, cellsOf, modelSize, partOf, wholePicture } from './picture-geometry';
import type { Cells, Framing } from './picture-geometry';

/** What of a frame is looked at, and how much enlarged. */
export interface MobileCloseup extends Closeup, Framing {}

/** Width and height in pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Each step shows a picture by a third of an octave larger. */
const stepsToDouble = 3;
const twoSteps: number = 2 ** (2 / stepsToDouble) + 1e-6;
/** Model pixels to one of the picture's, at most: beyond it there is nothing more to be seen. */
const mostEnlarged = 4;
/** Cells that are left around all objects; to look closer than before, twice as many. */
const margin = 2;
/** Cells that an object may move by from frame to frame. */
const fastest = 3;
/** The largest zoom for objects whose motion is not known yet. */
const unknownMotion: number = twoSteps;

/**
 * The closeup in which all objects that are remembered, and those that are `coming`, are as large as they can be; null for the whole picture.
 * One zoom serves all frames that are remembered, so that their cells are of one size. An object may move by some cells from frame to frame,
 * and so not be seen too large; one that is away may be anywhere, so that all of the picture is looked at. Looking closer than before takes
 * twice the room, on all frames that are remembered: those have to be seen again each time.
 */
export function closeupFor(
  memories: readonly MobileMemory[],
  coming: readonly Bitmap[],
): MobileCloseup | null {
  const size = coming[0] ?? memories.flatMap((memory) => memory.kept)[0]?.shape;
  const boxes = coming.map(bitmapBox).filter((box) => box !== null);
  return size ? closeupOf(memories, boxes, size) : null;
}

/** The same where the boxes around the masks are known that come. */
export function closeupOf(
  memories: readonly MobileMemory[],
  coming: readonly PixelBox[],
  size: Size,
): MobileCloseup | null {
  if (memories.some((memory) => memory.isAway)) return null;
  const kept = memories.flatMap((memory) => memory.kept);
  const expected = memories.map((memory) => memory.expectedBox());
  const next = joinBoxes([...expected, ...coming].filter((box) => box !== null));
  if (!next) return null;
  const recent = memories.flatMap((memory) => memory.recent);
  const known = memories.filter((memory) => memory.recent.length > 0);
  // One that comes back was last seen further off than the others.
  const before =
    known.length > 0
      ? Math.max(...known.map((memory) => Math.min(...memory.recent.map((one) => one.zoom))))
      : Infinity;
  // One that was not seen yet moves as it may where it comes, and is nowhere where it does not.
  const moving = coming.length > 0 ? memories : known;
  const boxes = boxesByFrame(kept);
  for (let zoom = largestZoom(size); zoom > 1; zoom = smaller(zoom)) {
    const closer = zoom > before;
    // Frames that would be seen anew have to show what they are remembered for.
    const frames = closer ? kept : [...recent, ...kept.filter((one) => one.zoom !== zoom)];
    const room = closer ? 2 : 1;
    const seen = [next, ...boxesOn(frames, boxes)].every((box) => fits(box, size, zoom, room * margin));
    if (!seen || moving.some((memory) => isTooFast(memory, zoom * room))) continue;
    if (memories.length > 0 || zoom <= unknownMotion) return closeupAt(next, size, zoom);
  }
  return null;
}

/** How many times closer an object could be looked at before another closeup is worth its encoding. */
const muchCloser: number = twoSteps;

/**
 * The closeup in which what is in a box is as large as it can be with as much of the picture to each side of it; null for the whole picture.
 * The decoder tells an object by what is around it: with two cells of room it draws parts of objects, or their surroundings.
 */
export function closeupAround(box: PixelBox, size: Size): MobileCloseup | null {
  const wider = grownBox(box, 1);
  for (let zoom = largestZoom(size); zoom > 1; zoom = smaller(zoom))
    if (fits(wider, size, zoom, margin)) return closeupAt(box, size, zoom);
  return null;
}

/** True where a closeup shows all of a box with some room, and another would hardly show it larger. */
export function stillShows(closeup: MobileCloseup, box: PixelBox, size: Size): boolean {
  const ideal = closeupAround(box, size)?.zoom ?? 1;
  return ideal / closeup.zoom <= muchCloser && isShown(closeup, box, size);
}

/** True where a closeup shows a box with some cells around it, as far as the picture goes. */
function isShown({ zoom, left, top }: Framing, { x0, y0, x1, y1 }: PixelBox, size: Size): boolean {
  const { all, shown, cell } = cellsAt(size, zoom);
  const within = (from: number, to: number, start: number, seen: number, cells: number): boolean =>
    start <= Math.max(0, from / cell - margin) && start + seen >= Math.min(cells, (to + 1) / cell + margin);
  return within(x0, x1, left, shown.columns, all.columns) && within(y0, y1, top, shown.rows, all.rows);
}

/**
 * Brings memories to a closeup's zoom: what they remember at another is looked at again. `embed` looks at a frame.
 */
export async function lookAgain(
  memories: readonly MobileMemory[],
  closeup: Framing | null,
  embed: (frame: number, closeup: MobileCloseup | null) => Promise<MobileEmbedding>,
): Promise<void> {
  const { zoom } = closeup ?? wholePicture;
  const kept = memories.flatMap((memory) => memory.kept);
  const other = new Set(kept.filter((one) => one.zoom !== zoom).map((one) => one.embedding.frameIndex));
  if (other.size === 0) return;
  const boxes = boxesByFrame(kept);
  const size = kept[0]!.shape;
  for (const frame of [...other].sort((a, b) => a - b)) {
    const box = boxes.get(frame);
    const embedding = await embed(frame, zoom > 1 && box ? closeupAt(box, size, zoom) : null);
    for (const memory of memories) memory.seeAnew(embedding);
  }
}

/** True where an object may move by more cells than it can be followed by; one whose motion is not known yet may be quick. */
function isTooFast({ speed }: MobileMemory, zoom: number): boolean {
  return speed === null ? zoom > unknownMotion : speed * zoom > fastest;
}

/** The boxes around all objects' masks on some frames. */
function boxesOn(frames: readonly Remembered[], boxes: ReadonlyMap<number, PixelBox>): PixelBox[] {
  const asked = new Set(frames.map((one) => one.embedding.frameIndex));
  return [...asked].flatMap((frame) => boxes.get(frame) ?? []);
}

/** For each frame that is remembered, the box around all objects' masks. */
function boxesByFrame(remembered: readonly Remembered[]): Map<number, PixelBox> {
  const boxes = new Map<number, PixelBox>();
  for (const { embedding, box } of remembered) {
    const before = boxes.get(embedding.frameIndex);
    if (box) boxes.set(embedding.frameIndex, before ? joinBoxes([before, box])! : box);
  }
  return boxes;
}

/** The zoom of the step beyond which nothing more is to be seen of a picture. */
function largestZoom({ width, height }: Size): number {
  const most = (mostEnlarged * Math.max(width, height)) / modelSize;
  return 2 ** (Math.floor(Math.log2(Math.max(1, most)) * stepsToDouble) / stepsToDouble);
}

/** By how many steps one zoom is larger than another. */
export function stepsBetween(larger: number, other: number): number {
  return Math.round(Math.log2(larger / other) * stepsToDouble);
}

function smaller(zoom: number): number {
  return 2 ** ((Math.round(Math.log2(zoom) * stepsToDouble) - 1) / stepsToDouble);
}

/** True where a closeup holds a box with some cells around it, as far as the picture goes. */
function fits({ x0, y0, x1, y1 }: PixelBox, size: Size, zoom: number, around: number): boolean {
  const { all, shown, cell } = cellsAt(size, zoom);
  const needed = (from: number, to: number, cells: number): number =>
    Math.min(cells, (to + 1) / cell + around) - Math.max(0, from / cell - around);
  return needed(x0, x1, all.columns) <= shown.columns && needed(y0, y1, all.rows) <= shown.rows;
}

/** The closeup with a box in its middle, as far as the picture goes. */
function closeupAt({ x0, y0, x1, y1 }: PixelBox, size: Size, zoom: number): MobileCloseup {
  const { all, shown, cell } = cellsAt(size, zoom);
  const start = (from: number, to: number, cells: number, seen: number): number =>
    Math.max(0, Math.min(cells - seen, Math.round((from + to + 1) / 2 / cell - seen / 2)));
  const left = start(x0, x1, all.columns, shown.columns);
  const top = start(y0, y1, all.rows, shown.rows);
  return { zoom, left, top, key: `${zoom} ${left} ${top}` };
}

/** At a zoom, all cells of a picture, those that a closeup shows, and the picture's pixels along a side of one. */
function cellsAt(
  { width, height }: Size,
  zoom: number,
): { readonly all: Cells; readonly shown: Cells; readonly cell: number } {
  const cell = (cellSize * Math.max(width, height)) / (modelSize * zoom);
  return { all: cellsOf(width, height, zoom), shown: partOf(cellsOf(width, height, 1)), cell };
}
