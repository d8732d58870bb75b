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
 * Reads the label maps of a sequence. Where none has a number but void's that is object 1: DAVIS 2016 writes its one object so. For that
 * they are read until one has another.
 */
export async function sequenceLabels<T>(
  places: Iterable<T>,
  read: (place: T) => Promise<Uint8Array>,
): Promise<(place: T) => Promise<Uint8Array>> {
  for (const place of places)
    if ((await read(place)).some((one) => one !== 0 && one !== voidLabel)) return read;
  return async (place) => (await read(place)).map((one) => (one === voidLabel ? 1 : one));
}
