import { connectedComponents, deepestPoint } from '../../mask';
import type { Bitmap } from '../../mask';

/** A click as a user would make it. */
export interface Click {
  readonly at: readonly [x: number, y: number];
  readonly sign: 'positive' | 'negative';
}

/** The first click on an object: where it is deepest inside. Null for an empty mask. */
export function firstClick(truth: Bitmap): Click | null {
  const deepest = deepestPoint(truth);
  return deepest && { at: [deepest.x, deepest.y], sign: 'positive' };
}

/**
 * The click that mends a mask: the deepest point of the largest connected region in which it is wrong, positive where the
 * object was left out, negative where something else was taken in. Null where nothing is wrong.
 */
export function nextClick(mask: Bitmap, truth: Bitmap): Click | null {
  const regions = [1, 0].map((wanted) => {
    const data = truth.data.map((one, i) => (one === wanted && mask.data[i] !== wanted ? 1 : 0));
    const wrong = { width: mask.width, height: mask.height, data };
    const { labels, sizes } = connectedComponents(wrong);
    const size = sizes.reduce((most, one) => Math.max(most, one), 0);
    const part = sizes.indexOf(size) + 1;
    return { size, sign: wanted === 1 ? ('positive' as const) : ('negative' as const), wrong, labels, part };
  });
  const [left, taken] = regions as [(typeof regions)[0], (typeof regions)[0]];
  const worst = left.size >= taken.size ? left : taken;
  if (worst.size === 0) return null;
  const region = {
    ...worst.wrong,
    data: worst.wrong.data.map((_, i) => (worst.labels[i] === worst.part ? 1 : 0)),
  };
  const deepest = deepestPoint(region);
  return deepest && { at: [deepest.x, deepest.y], sign: worst.sign };
}
