import type { Features } from './mobile-embedding';

/** Vectors that {@link FourProducts} takes at once. */
export const atOnce = 4;

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

/** What the second of two whole numbers is times in the sum of both: each is less than half of it. */
const apart = 2 ** 26;

/**
 * Dot products of four vectors with the same one, a third of the time of four by themselves: two of them lie in one number, which
 * has 53 bits. Up to 2,000 channels of seven bits and a sign.
 */
export class FourProducts {
  readonly #vectors: Float64Array;
  /** What {@link FourProducts.with} found, in the vectors' order. */
  readonly found: Float64Array = new Float64Array(atOnce);

  constructor(channels: number) {
    this.#vectors = new Float64Array(2 * channels);
  }

  /** Takes the vectors of four places, channel by channel: the first two in one number, the others in the next. */
  take({ data, channels }: Features, places: readonly number[]): void {
    const [a, b, c, d] = places.map((place) => place * channels);
    for (let i = 0; i < channels; i++) {
      this.#vectors[2 * i] = data[a! + i]! + apart * data[b! + i]!;
      this.#vectors[2 * i + 1] = data[c! + i]! + apart * data[d! + i]!;
    }
  }

  with({ data, channels }: Features, place: number): void {
    const vectors = this.#vectors;
    let [left, right, leftToo, rightToo] = [0, 0, 0, 0];
    for (let i = 0, j = place * channels, end = j + channels; j < end; i += 4, j += 2) {
      const [one, next] = [data[j]!, data[j + 1]!];
      left += vectors[i]! * one;
      right += vectors[i + 1]! * one;
      leftToo += vectors[i + 2]! * next;
      rightToo += vectors[i + 3]! * next;
    }
    this.#put(0, left + leftToo);
    this.#put(2, right + rightToo);
  }

  /** Takes two sums apart. */
  #put(at: number, both: number): void {
    const second = Math.round(both / apart);
    this.found[at] = both - second * apart;
    this.found[at + 1] = second;
  }
}
