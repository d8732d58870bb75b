import type { Features } from './mobile-embedding';

/**
 * The dot product of two places' vectors, in whole numbers. Four products a turn, since this is where the time goes;
 * channels come in fours.
 */
export function dotProduct(one: Features, a: number, other: Features, b: number): number {
  const { channels } = one;
  const [left, right] = [one.data, other.data];
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let i = a * channels, j = b * channels, end = i + channels; i < end; i += 4, j += 4) {
    first = (first + Math.imul(left[i]!, right[j]!)) | 0;
    second = (second + Math.imul(left[i + 1]!, right[j + 1]!)) | 0;
    third = (third + Math.imul(left[i + 2]!, right[j + 2]!)) | 0;
    fourth = (fourth + Math.imul(left[i + 3]!, right[j + 3]!)) | 0;
  }
  return first + second + third + fourth;
}
