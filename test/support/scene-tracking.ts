import { bitmapArea, bitmapIou } from '../../src/mask';
import { MemoryBudget } from '../../src/engine/blocks';
import { EmbeddingCache, propagate } from '../../src/engine/tracking';
import type { TrackedObject, TrackingModel } from '../../src/engine/tracking';
import { openFrames } from '../../src/engine/video';
import { openScene } from './drawn-scenes';
import type { SceneName } from './drawn-scenes';

/** An object counts as shown while this much of what its first frame shows is seen. */
const shownShare = 0.25;

/** How one object of a scene fared, from its mask on the first frame alone. */
export interface Fared {
  /** IoU with the truth on every later frame, in order, on which the object is shown. */
  readonly shown: readonly { readonly frame: number; readonly iou: number }[];
  /** Pixels claimed on each frame on which nothing of it is seen. */
  readonly absent: readonly { readonly frame: number; readonly claimed: number }[];
  /** Frames on which its mask is more like another object than like it, or takes a quarter of another. */
  readonly swapped: readonly number[];
}

/** Mean IoU over the frames on which the object is shown. */
export function meanIou({ shown }: Pick<Fared, 'shown'>): number {
  return shown.reduce((sum, { iou }) => sum + iou, 0) / shown.length;
}

/** How an object fared that the user says to be another of the scene. */
export interface FaredAnew {
  /** IoU with the other on every frame after that on which it was said, in order. */
  readonly after: readonly number[];
  /** IoU of what would have been found on that frame with what the object was; null where it was not said anew. */
  readonly before: number | null;
}

/** Some frames of a scene, drawn, and what tracking them takes. */
function drawnParts(model: TrackingModel, name: SceneName, frames: readonly number[]) {
  const scene = openScene(name);
  const drawn = frames.map((frame) => scene.frameAt(frame));
  const shown = drawn.map(({ data, width, height }) => ({ data, shape: [height, width, 3] }));
  const source = openFrames({ name, frames: shown });
  const embeddings = new EmbeddingCache(new MemoryBudget(1 << 28));
  return { scene, drawn, parts: { source, model, embeddings } };
}

/** Tracks the first object of a scene, of which the user says `at` one of the given frames (by place) that it is the second. */
export async function trackSaidAnew(
  model: TrackingModel,
  name: SceneName,
  { frames, at }: { readonly frames: readonly number[]; readonly at: number },
): Promise<FaredAnew> {
  const { drawn, parts } = drawnParts(model, name, frames);
  const seeds = [
    { frame: 0, mask: drawn[0]!.masks[0]!, prompted: true },
    { frame: at, mask: drawn[at]!.masks[1]!, prompted: true },
  ];
  const objects = [{ id: 'one', seeds }];
  const range = { direction: 'forward', first: 0, last: frames.length - 1, objects } as const;
  const after: number[] = [];
  let before: number | null = null;
  for await (const { frame, masks, anew } of propagate(parts, range)) {
    for (const { found } of anew) before = found && bitmapIou(found, drawn[frame]!.masks[0]!);
    if (frame > at) after.push(bitmapIou(masks[0]!.mask, drawn[frame]!.masks[1]!));
  }
  await parts.source.dispose();
  return { after, before };
}

/** Tracks the given frames of a scene as a user would, and holds the masks against the truth; by object. */
export async function trackScene(
  model: TrackingModel,
  name: SceneName,
  frames: readonly number[],
): Promise<Record<string, Fared>> {
  const { scene, drawn, parts } = drawnParts(model, name, frames);
  const objects = scene.objects.map((id, i): TrackedObject => ({
    id,
    seeds: [{ frame: 0, mask: drawn[0]!.masks[i]!, prompted: true }],
  }));
  const fared = scene.objects.map(() => ({
    shown: [] as { frame: number; iou: number }[],
    absent: [] as { frame: number; claimed: number }[],
    swapped: [] as number[],
  }));
  const range = { direction: 'forward', first: 0, last: frames.length - 1, objects } as const;
  for await (const step of propagate(parts, range)) {
    const { masks: truths, index: frame } = drawn[step.frame]!;
    for (const { objectId, mask } of step.masks) {
      const own = scene.objects.indexOf(objectId);
      const { shown, absent, swapped } = fared[own]!;
      const iou = bitmapIou(mask, truths[own]!);
      const seen = bitmapArea(truths[own]!);
      if (seen === 0) absent.push({ frame, claimed: bitmapArea(mask) });
      else if (seen >= shownShare * bitmapArea(drawn[0]!.masks[own]!)) shown.push({ frame, iou });
      const taken = truths
        .filter((_, i) => i !== own)
        .some((other) => {
          const both = other.data.reduce((sum, value, i) => sum + (value & mask.data[i]!), 0);
          return bitmapIou(mask, other) > iou || both > bitmapArea(other) / 4;
        });
      if (taken) swapped.push(frame);
    }
  }
  await parts.source.dispose();
  return Object.fromEntries(scene.objects.map((id, i) => [id, fared[i]!]));
}
