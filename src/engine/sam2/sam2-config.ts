/** What differs between the models of the family once their image encoder is done. */
export interface Sam2Config {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  /** Pixels of the square that pictures are scaled to; the grid has a sixteenth of them. */
  readonly size: number;
  /** Channels of an embedding's coarsest map, and of an object pointer: 256. */
  readonly width: number;
  /** Channels of a memory token: 64. */
  readonly memoryWidth: number;
  /** Tokens of one frame's memory: the grid's cells, or EdgeTAM's 512 latents. */
  readonly memoryTokens: number;
  /** True where memory tokens are cells of the grid, so that those far from the object can be left out. */
  readonly spatialTokens: boolean;
}

/** Cells of the grid along one side. */
export function gridOf({ size }: Pick<Sam2Config, 'size'>): number {
  return size / 16;
}

/** Settings that trade quality for speed; what is left out is as in SAM 2. */
export interface Sam2Settings {
  /** Frames before this one that are looked back at: 6 in SAM 2 (num_maskmem - 1). */
  readonly recentFrames?: number;
  /** Prompted frames that are looked at, the nearest first; SAM 2 looks at all, which takes ever longer. */
  readonly promptedFrames?: number;
  /** Keep only memory tokens within this many cells of the object's box. */
  readonly nearObject?: number;
  /** Holes of at most this many low-resolution pixels are filled: 8 in SAM 2. */
  readonly fillHoles?: number;
}
