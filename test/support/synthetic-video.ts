import type { Frame, FrameRange, FrameSource, VideoInfo } from '../../src/engine/video';
import type { Bitmap } from '../../src/mask';

/** A square that moves over plain ground, with an exact mask on every frame. */
export interface Square {
  readonly color: readonly [number, number, number];
  readonly size: number;
  /** Top left corner on a frame; null while it is not in the picture. */
  at(frame: number): readonly [x: number, y: number] | null;
}

const ground = [40, 40, 40] as const;

/** A video drawn by rule: frame n is computed when it is asked for, so it can be of any length. */
export class SyntheticVideo implements FrameSource {
  readonly info: VideoInfo;
  readonly #squares: readonly Square[];
  /** How often a frame was drawn. */
  drawn = 0;

  constructor(frameCount: number, squares: readonly Square[], width: number = 64, height: number = 48) {
    this.#squares = squares;
    this.info = {
      name: 'synthetic',
      path: null,
      width,
      height,
      pixelAspect: 1,
      frameCount,
      frameRate: 10,
      duration: frameCount / 10,
    };
  }

  sourceIndex(index: number): number {
    return index;
  }

  frameName(index: number): string {
    return String(index).padStart(5, '0');
  }

  timeOf(index: number): number {
    return index / 10;
  }

  async frameAt(index: number): Promise<Frame> {
    this.drawn++;
    const { width, height } = this.info;
    const data = new Uint8Array(width * height * 3);
    for (let i = 0; i < width * height; i++) data.set(ground, i * 3);
    for (const square of this.#squares) {
      const mask = this.truth(square, index);
      mask.data.forEach((set, i) => set === 1 && data.set(square.color, i * 3));
    }
    return { index, width, height, data };
  }

  async *frames(range: FrameRange, signal?: AbortSignal): AsyncGenerator<Frame, void, undefined> {
    const count = range.last - range.first + 1;
    for (let i = 0; i < count && !signal?.aborted; i++) {
      yield await this.frameAt(range.reverse ? range.last - i : range.first + i);
    }
  }

  /** The exact mask of a square on a frame. */
  truth(square: Square, frame: number): Bitmap {
    const { width, height } = this.info;
    const data = new Uint8Array(width * height);
    const corner = square.at(frame);
    if (corner) {
      for (let y = 0; y < square.size; y++) {
        for (let x = 0; x < square.size; x++) {
          const [px, py] = [corner[0] + x, corner[1] + y];
          if (px >= 0 && py >= 0 && px < width && py < height) data[py * width + px] = 1;
        }
      }
    }
    return { width, height, data };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

/** Goes right by a pixel a frame, and starts over. */
export const red: Square = { color: [220, 30, 30], size: 8, at: (frame) => [(frame * 1) % 50, 4] };
/** Goes down; out of the picture on frames 5 to 8. */
export const blue: Square = {
  color: [30, 60, 230],
  size: 6,
  at: (frame) => (frame >= 5 && frame <= 8 ? null : [50, (frame * 2) % 36]),
};
