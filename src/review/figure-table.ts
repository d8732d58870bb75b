import type { FigureSource, FrameFigures, Rival } from './frame-figures';

/** An object's figures in columns: 33 bytes a frame, however large the masks are. */
export class FigureTable implements FigureSource {
  readonly frameCount: number;
  readonly #state: Uint8Array;
  readonly #area: Uint32Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #kept: Float32Array;
  readonly #iou: Float64Array;
  /** Few frames have any. */
  readonly #rivals = new Map<number, Rival>();
  readonly #shared = new Map<number, Rival>();

  #checked = 0;

  constructor(frameCount: number) {
    this.frameCount = frameCount;
    this.#state = new Uint8Array(frameCount);
    this.#area = new Uint32Array(frameCount);
    this.#x = new Float64Array(frameCount);
    this.#y = new Float64Array(frameCount);
    this.#kept = new Float32Array(frameCount);
    this.#iou = new Float64Array(frameCount).fill(NaN);
  }

  /** How many frames' masks a check compared. */
  get checked(): number {
    return this.#checked;
  }

  at(frame: number): FrameFigures | null {
    const state = this.#state[frame] ?? 0;
    if (state === 0) return null;
    const kept = this.#kept[frame]!;
    return {
      area: this.#area[frame]!,
      x: this.#x[frame]!,
      y: this.#y[frame]!,
      atBorder: (state & border) !== 0,
      kept: Number.isNaN(kept) ? null : kept,
      rival: this.#rivals.get(frame) ?? null,
      shared: this.#shared.get(frame) ?? null,
      vouched: (state & vouched) !== 0,
      checked: Number.isNaN(this.#iou[frame]!) ? null : this.#iou[frame]!,
    };
  }

  /** Notes what a frame's mask came to; null: there is none. */
  set(frame: number, figures: FrameFigures | null): void {
    put(this.#rivals, frame, figures?.rival ?? null);
    put(this.#shared, frame, figures?.shared ?? null);
    this.#state[frame] = figures
      ? there | (figures.vouched ? vouched : 0) | (figures.atBorder ? border : 0)
      : 0;
    const [before, now] = [this.#iou[frame]!, figures?.checked ?? NaN];
    this.#checked += Number(!Number.isNaN(now)) - Number(!Number.isNaN(before));
    this.#iou[frame] = now;
    if (!figures) return;
    this.#area[frame] = figures.area;
    this.#x[frame] = figures.x;
    this.#y[frame] = figures.y;
    this.#kept[frame] = figures.kept ?? NaN;
  }
}

const [there, vouched, border] = [1, 2, 4];

function put(map: Map<number, Rival>, frame: number, rival: Rival | null): void {
  if (rival) map.set(frame, rival);
  else map.delete(frame);
}
