import { bitmapArea } from '../../mask';
import type { Bitmap } from '../../mask';
import type {
  Embedding,
  FramePrompts,
  Lookable,
  ModelInfo,
  ObjectMemory,
  SeenMask,
  Segmentation,
  TrackingModel,
} from '../tracking';
import type { Frame } from '../video';

/** The picture itself: this model looks at colours. */
export interface SyntheticEmbedding extends Embedding {
  readonly frame: Frame;
}

/** The colour last seen. */
export interface SyntheticMemory extends ObjectMemory {
  color: readonly [number, number, number] | null;
}

/** Colours this near (largest difference of a channel) are the same. */
const tolerance = 40;

/**
 * A model without weights, for tests and benchmarks of everything around a model: an object is the pixels of
 * its colour. Exact on plain shapes on plain ground, useless on real pictures.
 */
export class SyntheticModel implements TrackingModel<SyntheticEmbedding, SyntheticMemory> {
  readonly info: ModelInfo = {
    name: 'synthetic',
    title: 'Synthetic (no weights)',
    family: 'none',
    licence: 'Apache-2.0',
    weights: 'none',
    provider: 'CPU',
    notes: [],
  };
  readonly looksAhead = false;
  readonly recall = 1;

  async encode(frame: Frame): Promise<SyntheticEmbedding> {
    return { frameIndex: frame.index, bytes: frame.data.length, frame };
  }

  /** The pixels of the first positive point's colour; of the box, those unlike its corner; or the mask itself. */
  async segment(seen: Lookable<SyntheticEmbedding>, prompts: FramePrompts): Promise<Segmentation> {
    if (prompts.mask) return { mask: prompts.mask, score: 1 };
    const { frame } = await seen.look(null);
    const point = prompts.points.find((one) => one.positive);
    const { box } = prompts;
    const x = point ? point.x : box ? (box.x0 + box.x1) / 2 : 0;
    const y = point ? point.y : box ? (box.y0 + box.y1) / 2 : 0;
    const mask = ofColor(frame, colorAt(frame, Math.round(x), Math.round(y)));
    for (const { positive, x: px, y: py } of prompts.points) {
      if (!positive) removeColor(mask, frame, colorAt(frame, Math.round(px), Math.round(py)));
    }
    return { mask, score: 1 };
  }

  createMemory(): SyntheticMemory {
    return { bytes: 24, color: null };
  }

  async remember(
    memory: SyntheticMemory,
    { frame }: SyntheticEmbedding,
    { mask, apart = false }: SeenMask,
  ): Promise<void> {
    if (bitmapArea(mask) > 0 && !(apart && memory.color)) memory.color = meanColor(frame, mask);
  }

  async track({ color }: SyntheticMemory, { frame }: SyntheticEmbedding): Promise<Segmentation> {
    const mask = color
      ? ofColor(frame, color)
      : { width: frame.width, height: frame.height, data: new Uint8Array(frame.width * frame.height) };
    return { mask, score: 1 };
  }

  async dispose(): Promise<void> {
    // Nothing is held.
  }
}

type Color = readonly [number, number, number];

function colorAt({ data, width, height }: Frame, x: number, y: number): Color {
  const at = (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * 3;
  return [data[at]!, data[at + 1]!, data[at + 2]!];
}

function like(data: Uint8Array, at: number, [r, g, b]: Color): boolean {
  return (
    Math.abs(data[at]! - r) < tolerance &&
    Math.abs(data[at + 1]! - g) < tolerance &&
    Math.abs(data[at + 2]! - b) < tolerance
  );
}

function ofColor({ data, width, height }: Frame, color: Color): Bitmap {
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < mask.length; i++) if (like(data, i * 3, color)) mask[i] = 1;
  return { width, height, data: mask };
}

function removeColor(mask: Bitmap, { data }: Frame, color: Color): void {
  for (let i = 0; i < mask.data.length; i++) if (like(data, i * 3, color)) mask.data[i] = 0;
}

function meanColor({ data }: Frame, mask: Bitmap): Color {
  const sum = [0, 0, 0];
  let count = 0;
  mask.data.forEach((set, i) => {
    if (set !== 1) return;
    count++;
    for (let channel = 0; channel < 3; channel++) sum[channel]! += data[i * 3 + channel]!;
  });
  return [sum[0]! / count, sum[1]! / count, sum[2]! / count];
}
