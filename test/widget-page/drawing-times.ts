import { decodeRunLength } from '../../src/mask';
import type { RunLength } from '../../src/mask';
import { MaskPaths, fitView, paintStage } from '../../src/widget/drawing';
import type { StageScene } from '../../src/widget/drawing';
import { crowdMask, crowdPicture, crowdSize } from './crowd-scene';

/**
 * What is drawn: masks never drawn before, as while playing; the same masks again, as while zooming; or, as a peer, each mask
 * as pixels by putImageData, laid over the picture, without outlines.
 */
export type DrawingKind = 'fresh' | 'again' | 'pixels';

/** A 1080p picture with ten masks, names and outlines, drawn at one device pixel for each of the picture's. */
export class DrawingBench {
  readonly #picture: ImageBitmap;
  readonly #crowds: readonly (readonly RunLength[])[];
  readonly #context: CanvasRenderingContext2D;
  readonly #layer: CanvasRenderingContext2D;
  readonly #paths = new MaskPaths();

  private constructor(picture: ImageBitmap, rounds: number) {
    this.#picture = picture;
    this.#context = paper(picture.width, picture.height);
    this.#layer = paper(picture.width, picture.height);
    this.#crowds = Array.from({ length: rounds }, (_, round) =>
      Array.from({ length: crowdSize }, (_, n) => crowdMask(n, round)),
    );
  }

  /** Makes the picture and the masks of as many rounds as each kind is drawn. */
  static async make(rounds: number): Promise<DrawingBench> {
    return new DrawingBench(await createImageBitmap(await crowdPicture()), rounds);
  }

  /** Milliseconds of each drawing; a pixel is read back each time, so that the drawing is done when the clock is. */
  run(kind: DrawingKind): number[] {
    return this.#crowds.map((masks) => {
      const began = performance.now();
      if (kind === 'pixels') paintPixels(this.#context, this.#layer, this.#picture, masks);
      else {
        const paths = kind === 'again' ? this.#paths : new MaskPaths();
        const shown = kind === 'again' ? this.#crowds[0]! : masks;
        paintStage(this.#context, crowd(this.#picture, shown), paths, 1);
      }
      this.#context.getImageData(0, 0, 1, 1);
      return performance.now() - began;
    });
  }
}

function paper(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  return canvas.getContext('2d')!;
}

function crowd(picture: ImageBitmap, masks: readonly RunLength[]): StageScene {
  const { width, height } = picture;
  const video = { width, height, pixelAspect: 1 };
  return {
    ...{ stage: video, video, view: fitView(video, video), mode: 'overlay', opacity: 0.45 },
    picture: { image: picture, width },
    ...{ outlines: true, contrast: false, focus: null, chosenId: '0', prompts: [], chosenPromptId: null },
    ...{ isPending: () => false, draftBox: null, stroke: null, preview: null, brush: null, cross: null },
    ...{ names: 'names', font: 'sans-serif' },
    objects: masks.map((mask, n) => ({
      mask,
      object: {
        id: String(n),
        number: n + 1,
        name: `person ${n + 1}`,
        color: colors[n]!,
        hidden: false,
        classId: null,
      },
    })),
  };
}

const colors = Array.from(
  { length: crowdSize },
  (_, n) => `#${((n * 1_543_217 + 4_210_752) & 0xffffff).toString(16).padStart(6, '0')}`,
);

function paintPixels(
  context: CanvasRenderingContext2D,
  layer: CanvasRenderingContext2D,
  picture: ImageBitmap,
  masks: readonly RunLength[],
): void {
  const { width, height } = picture;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(picture, 0, 0);
  masks.forEach((mask, n) => {
    const { data } = decodeRunLength(mask);
    const pixels = new ImageData(width, height);
    const words = new Uint32Array(pixels.data.buffer);
    const color = Number.parseInt(colors[n]!.slice(1), 16) | 0x73000000;
    for (let i = 0; i < words.length; i++) if (data[i]) words[i] = color;
    layer.putImageData(pixels, 0, 0);
    context.drawImage(layer.canvas, 0, 0);
  });
}
