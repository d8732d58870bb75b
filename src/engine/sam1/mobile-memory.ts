import type { ObjectMemory } from '../tracking';
import {
  bitmapBox,
  createBitmap,
  decodeRunLength,
  depthInside,
  encodeRunLength,
  runLengthArea,
} from '../../mask';
import type { Bitmap, PixelBox, RunLength } from '../../mask';
import { toGridMask } from './grid-mask';
import type { GridMask } from './grid-mask';
import type { Matchable, MobileEmbedding } from './mobile-embedding';
import { cellSize } from './picture-geometry';
import type { Framing } from './picture-geometry';
import { tuning } from './tuning';

/** A frame that is remembered. */
export interface Remembered {
  readonly embedding: Matchable;
  readonly mask: GridMask;
  readonly area: number;
  /** The mask at the picture's size, and its box there; null for an empty one. */
  readonly shape: RunLength;
  readonly box: PixelBox | null;
  /** How much the frame was enlarged, and model pixels to one of the picture's. */
  readonly zoom: number;
  readonly scale: number;
}

/** What was known before a lost object was found, and on how many frames it had been seen. */
interface Doubted {
  readonly recent: Remembered[];
  readonly spaced: Remembered[];
  readonly since: number;
  readonly velocity: { x: number; y: number };
  readonly likeness: number | null;
}

/** A mask on a frame, as it is remembered. */
export function rememberedOf(embedding: MobileEmbedding, mask: Bitmap): Remembered {
  const { frameIndex, coarse, fine, finest, geometry } = embedding;
  const shape = encodeRunLength(mask);
  return {
    embedding: { frameIndex, coarse, fine, finest },
    mask: toGridMask(mask, geometry),
    area: runLengthArea(shape),
    shape,
    box: bitmapBox(mask),
    zoom: geometry.zoom,
    scale: geometry.scale,
  };
}

/** Prompted frames that are kept: a bound on memory. */
const promptedKept = 4;
/** An object is expected in cells of which its last mask had more than this. */
const partOfCell = 0.2;
/** Beyond so many cells outside of its expected place an object's odds fall no more. */
const farthestOff = 4;

/** Frames that a memory which came all the way holds something of. */
export const recalledFrames: number = tuning.spacedEvery * tuning.spacedFrames + 1;

/**
 * One object along one run: the prompted frames nearest to here, the last few frames, some from further back, where it
 * is and how it moves. Empty masks leave what is remembered as it is, so that an object that was hidden can be found again.
 */
export class MobileMemory implements ObjectMemory {
  #prompted: Remembered[] = [];
  #recent: Remembered[] = [];
  #spaced: Remembered[] = [];
  #seen = 0;
  #velocity: { x: number; y: number } = { x: 0, y: 0 };
  #missed = 0;
  #likeness: number | null = null;
  /** What was remembered before the object, lost, was seen again; null once it has been seen for long enough to be believed. */
  #doubted: Doubted | null = null;

  get bytes(): number {
    const { recent = [], spaced = [] } = this.#doubted ?? {};
    const kept = new Set([...this.kept, ...recent, ...spaced].map((one) => one.embedding));
    const maps = [...kept].flatMap(({ coarse, fine, finest }) => [coarse, fine, finest]);
    return maps.reduce((sum, one) => sum + one.data.byteLength, 0);
  }

  /** All frames that are remembered; some may come twice. */
  get kept(): readonly Remembered[] {
    return [...this.#prompted, ...this.#recent, ...this.#spaced];
  }

  /** The prompted frames, the one nearest to `frameIndex` first. */
  promptedNear(frameIndex: number): readonly Remembered[] {
    const distance = (one: Remembered): number => Math.abs(one.embedding.frameIndex - frameIndex);
    return [...this.#prompted].sort((a, b) => distance(a) - distance(b));
  }

  /** The last frames on which the object was seen. */
  get recent(): readonly Remembered[] {
    return this.#recent;
  }

  /** Frames from further back, some apart, that are not among the recent ones. */
  get spaced(): readonly Remembered[] {
    return this.#spaced.filter((one) => !this.#recent.includes(one));
  }

  /** Frames since the object was seen last. */
  get missed(): number {
    return this.#missed;
  }

  /** True for an object that has been out of sight for so long that it may be anywhere in the picture. */
  get isLost(): boolean {
    return this.#missed > tuning.lostAfter;
  }

  /** True for an object that is lost, or was found again too short a time ago to be sure of it. */
  get isAway(): boolean {
    return this.isLost || this.#doubted !== null;
  }

  /** True on frames on which the object is looked for: always while it is not lost, else on every so many. */
  get isSought(): boolean {
    return !this.isLost || (this.#missed - 1) % tuning.lostAfter === 0;
  }

  /** Cells around its expected place in which an object out of sight may be besides, to each side. */
  get widened(): number {
    return 2 * this.#missed;
  }

  /** How much the object looks like itself from frame to frame, as a mean cosine; null while that is not known. */
  get usualLikeness(): number | null {
    return this.#likeness;
  }

  /** Where the object should be now, in cells of the whole picture. */
  expectedCentre(): { x: number; y: number } | null {
    const last = this.#recent[this.#recent.length - 1];
    if (!last) return null;
    const { x, y } = centreOf(last.mask);
    return { x: x + this.#velocity.x, y: y + this.#velocity.y };
  }

  /** How far the object moves from frame to frame, in cells of the picture as it is; null where it was seen on one frame only. */
  get speed(): number | null {
    const last = this.#recent[this.#recent.length - 1];
    if (!last || this.#recent.length < 2) return null;
    return Math.hypot(this.#velocity.x, this.#velocity.y) / last.zoom;
  }

  /** Where the object should be now, in the picture's pixels; wider while it is out of sight. Null where it was never seen. */
  expectedBox(): PixelBox | null {
    const last = this.#recent[this.#recent.length - 1];
    if (!last?.box) return null;
    const { box, shape, scale } = last;
    const cell = cellSize / scale;
    const wider = this.widened * cell;
    const [across, down] = [this.#velocity.x * cell, this.#velocity.y * cell];
    const within = (value: number, size: number): number =>
      Math.max(0, Math.min(size - 1, Math.round(value)));
    return {
      x0: within(box.x0 + across - wider, shape.width),
      y0: within(box.y0 + down - wider, shape.height),
      x1: within(box.x1 + across + wider, shape.width),
      y1: within(box.y1 + down + wider, shape.height),
    };
  }

  /** A frame that is remembered was looked at again, at another zoom: the object's motion is told in its cells from now on. */
  seeAnew(embedding: MobileEmbedding): void {
    const { frameIndex, geometry } = embedding;
    const last = this.#recent[this.#recent.length - 1];
    if (last?.embedding.frameIndex === frameIndex) {
      const by = geometry.scale / last.scale;
      this.#velocity = { x: by * this.#velocity.x, y: by * this.#velocity.y };
      // Of what is smaller each cell shows more of the ground as well.
      this.#likeness = null;
    }
    const anew = new Map<Remembered, Remembered>();
    const seen = (one: Remembered): Remembered => {
      if (one.embedding.frameIndex !== frameIndex) return one;
      const now = anew.get(one) ?? rememberedOf(embedding, decodeRunLength(one.shape));
      anew.set(one, now);
      return now;
    };
    this.#prompted = this.#prompted.map(seen);
    this.#recent = this.#recent.map(seen);
    this.#spaced = this.#spaced.map(seen);
  }

  /**
   * float32[rows * columns]: how far each cell that is shown lies outside of where the object should be now by its last mask and its
   * motion, in cells, up to {@link farthestOff}. There must be a mask.
   */
  offExpected({ left, top }: Pick<Framing, 'left' | 'top'>): Float32Array {
    const { mask } = this.#recent[this.#recent.length - 1]!;
    const { columns, rows, data } = mask;
    const outside = createBitmap(columns, rows);
    const [across, down] = [left - mask.left - this.#velocity.x, top - mask.top - this.#velocity.y];
    for (let y = 0; y < rows; y++)
      for (let x = 0; x < columns; x++) {
        const [u, v] = [Math.round(x + across), Math.round(y + down)];
        const inside = u >= 0 && v >= 0 && u < columns && v < rows && data[v * columns + u]! > partOfCell;
        outside.data[y * columns + x] = inside ? 0 : 1;
      }
    return Float32Array.from(depthInside(outside, true), (thirds) => Math.min(thirds / 3, farthestOff));
  }

  /**
   * `apart`: a frame that the sweep does not pass; it is where the object is only while nothing else is known. `likeness`: of what was found, to
   * what is remembered; null for a mask that was given.
   */
  remember(frame: Remembered, prompted: boolean, apart = false, likeness: number | null = null): void {
    if (prompted && frame.area > 0) this.#keepPrompted(frame);
    if (apart && this.#recent.length > 0) return;
    if (frame.area === 0) {
      this.#missed++;
      if (this.#doubted) this.#loseAgain(this.#doubted);
      this.#velocity = { x: this.#velocity.x / 2, y: this.#velocity.y / 2 };
      return;
    }
    if (likeness === null) this.#doubted = null;
    else this.#found(likeness);
    const last = this.#recent[this.#recent.length - 1];
    if (last && this.#missed === 0) this.#move(last, frame);
    // Where it was elsewhere in the video does not say that it is in sight here.
    if (!apart) this.#missed = 0;
    this.#recent = [...this.#recent, frame].slice(-tuning.recentFrames);
    if (this.#seen++ % tuning.spacedEvery === 0)
      this.#spaced = [...this.#spaced, frame].slice(-tuning.spacedFrames);
  }

  /** Forgets all but the prompted frames: what was seen on the others was something else. */
  startAnew(): void {
    [this.#recent, this.#spaced, this.#doubted] = [[], [], null];
    [this.#velocity, this.#missed, this.#likeness] = [{ x: 0, y: 0 }, 0, null];
  }

  /** Where the object was lost, what is known of it is kept until it has been seen for long enough. */
  #found(likeness: number): void {
    const known = this.#likeness;
    if (this.isLost)
      this.#doubted = {
        recent: this.#recent,
        spaced: this.#spaced,
        since: this.#seen,
        velocity: this.#velocity,
        likeness: known,
      };
    else if (this.#doubted && this.#seen - this.#doubted.since >= tuning.lostAfter) this.#doubted = null;
    this.#likeness = known === null ? likeness : 0.9 * known + 0.1 * likeness;
  }

  /** What was found was lost again at once: it was something else. */
  #loseAgain({ recent, spaced, since, velocity, likeness }: Doubted): void {
    [this.#recent, this.#spaced, this.#seen] = [recent, spaced, since];
    [this.#velocity, this.#likeness] = [velocity, likeness];
    this.#missed = tuning.lostAfter + 1;
    this.#doubted = null;
  }

  #keepPrompted(frame: Remembered): void {
    const others = this.#prompted.filter((one) => one.embedding.frameIndex !== frame.embedding.frameIndex);
    // The first prompt stays: it is what the object was said to be. Of the others the latest stay.
    const [first, ...rest] = [...others, frame];
    this.#prompted = [first, ...rest.slice(-(promptedKept - 1))];
  }

  /** Half the motion seen last, half what was thought before; no more than six cells a frame. */
  #move(last: Remembered, now: Remembered): void {
    const limit = (step: number): number => Math.max(-6, Math.min(6, step));
    const steps = Math.max(1, Math.abs(now.embedding.frameIndex - last.embedding.frameIndex));
    // What is recalled before a sweep may have been seen at several zooms.
    const by = now.scale / last.scale;
    const [from, to] = [centreOf(last.mask, by), centreOf(now.mask)];
    this.#velocity = {
      x: 0.5 * by * this.#velocity.x + (0.5 * limit(to.x - from.x)) / steps,
      y: 0.5 * by * this.#velocity.y + (0.5 * limit(to.y - from.y)) / steps,
    };
  }
}

/** A mask's centre in cells of the whole picture, or in such as are `by` times as many. 0 is the middle of the first. */
function centreOf({ centre, left, top }: GridMask, by = 1): { x: number; y: number } {
  const first = (by - 1) / 2;
  return { x: by * (left + centre.x) + first, y: by * (top + centre.y) + first };
}
