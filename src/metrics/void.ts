import type { Bitmap } from '../mask';

/** The number of pixels of which the truth says nothing, as in DAVIS and YouTube-VOS. */
export const voidNumber = 255;

/**
 * A mask without the pixels that are void in a label map of its size: the DAVIS 2017 evaluation leaves them out of J and of
 * the masks whose contours F compares. The mask itself where nothing is void. Throws a TypeError for another size.
 */
export function withoutVoid(mask: Bitmap, truth: Uint8Array): Bitmap {
  if (mask.data.length !== truth.length) throw new TypeError('a mask and a label map of one size are needed');
  if (!truth.includes(voidNumber)) return mask;
  return { ...mask, data: mask.data.map((one, i) => (truth[i] === voidNumber ? 0 : one)) };
}

/** A label map of nothing but void has one object: DAVIS 2016 writes its one as 255. */
export function loneVoidAsObject(labels: Uint8Array): Uint8Array {
  if (!labels.includes(voidNumber) || labels.some((one) => one !== 0 && one !== voidNumber)) return labels;
  return labels.map((one) => (one === voidNumber ? 1 : 0));
}
