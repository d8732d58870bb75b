import { applyStroke, createBitmap, decodeRunLength, encodeRunLength } from '../../mask';
import type { RunLength, Stroke } from '../../mask';
import type { FrameMasks } from './mask-feed';

interface DrawnStroke {
  readonly objectId: string;
  readonly frame: number;
  readonly stroke: Stroke;
  readonly adds: boolean;
  /** The document's version that holds it; null until the kernel has answered. */
  version: number | null;
}

/** Masks as they will be once the strokes on their way have arrived: what is drawn shows at once. */
export class DrawnStrokes {
  #strokes: DrawnStroke[] = [];
  #seen: { masks: FrameMasks; count: number; over: FrameMasks } | null = null;

  /** Lays a stroke over the masks; the answer tells it when the kernel has it, or that it was refused. */
  add(stroke: Omit<DrawnStroke, 'version'>): { arrived(version: number): void; refused(): void } {
    const drawn: DrawnStroke = { ...stroke, version: null };
    this.#strokes.push(drawn);
    return {
      arrived: (version) => (drawn.version = version),
      refused: () => {
        this.#strokes = this.#strokes.filter((one) => one !== drawn);
        this.#seen = null;
      },
    };
  }

  /** A frame's masks (of a document's version) with the strokes that they do not hold yet. */
  over(
    frame: number,
    masks: FrameMasks,
    version: number | null,
    size: { width: number; height: number },
  ): FrameMasks {
    if (this.#strokes.length === 0) return masks;
    this.#strokes = this.#strokes.filter(
      (one) => one.frame !== frame || one.version === null || version === null || one.version > version,
    );
    const here = this.#strokes.filter((one) => one.frame === frame);
    if (here.length === 0) return masks;
    if (this.#seen?.masks === masks && this.#seen.count === here.length) return this.#seen.over;
    const over = new Map(masks);
    for (const { objectId, stroke, adds } of here)
      over.set(objectId, drawnOn(over.get(objectId), stroke, adds, size));
    this.#seen = { masks, count: here.length, over };
    return over;
  }
}

function drawnOn(
  mask: RunLength | undefined,
  stroke: Stroke,
  adds: boolean,
  { width, height }: { width: number; height: number },
): RunLength {
  const bitmap = mask ? decodeRunLength(mask) : createBitmap(width, height);
  applyStroke(bitmap, stroke, adds);
  return encodeRunLength(bitmap);
}
