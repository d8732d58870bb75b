import { voidLabel } from '../mask';
import type { Bitmap } from '../mask';

/** An object's mask and the one that the truth has of it, to be compared. */
export interface Compared {
  readonly mask: Bitmap;
  readonly truth: Bitmap;
}

/**
 * A mask against the object `number` of a label map of its size. What is void in the map is in neither, so that it counts
 * neither for nor against the mask: DAVIS's evaluation of unsupervised methods leaves it out of J and of the masks whose
 * contours F compares (in the semi-supervised one void is background). Throws a TypeError for another size.
 */
export function againstTruth(mask: Bitmap, labels: Uint8Array, number: number): Compared {
  const { width, height } = mask;
  if (width * height !== labels.length)
    throw new TypeError(`a label map of ${width} × ${height} is needed, not one of ${labels.length} pixels`);
  const known = labels.includes(voidLabel)
    ? { ...mask, data: mask.data.map((one, i) => (labels[i] === voidLabel ? 0 : one)) }
    : mask;
  return { mask: known, truth: maskOfLabel(labels, number, mask) };
}

/** One object of a label map. */
export function maskOfLabel(
  labels: Uint8Array,
  number: number,
  { width, height }: Pick<Bitmap, 'width' | 'height'>,
): Bitmap {
  return { width, height, data: labels.map((one) => (one === number ? 1 : 0)) };
}

/**
 * True where no label map of a sequence has a number but void's: DAVIS 2016 writes its one object so. Reads them until one has.
 */
export async function isVoidTheObject<T>(
  frames: Iterable<T>,
  labels: (frame: T) => Promise<Uint8Array>,
): Promise<boolean> {
  for (const frame of frames)
    if ((await labels(frame)).some((one) => one !== 0 && one !== voidLabel)) return false;
  return true;
}

/** A label map of a sequence in which void is the one object: that has the number 1. */
export function voidAsObject(labels: Uint8Array): Uint8Array {
  return labels.map((one) => (one === voidLabel ? 1 : one));
}
