import type { Bitmap } from '../mask';
import { checkSizes } from './overlap';

/** How far apart two boundaries may be, as a share of the picture's diagonal (DAVIS, Perazzi et al. 2016). */
export const boundaryTolerance = 0.008;

/**
 * The pixels that differ from the one to the right, below, or both; the last row looks right only, the last column down
 * only, as the DAVIS evaluation does.
 */
export function boundaryOf({ width, height, data }: Bitmap): Bitmap {
  const edge = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const here = data[i]!;
      const [isLastColumn, isLastRow] = [x === width - 1, y === height - 1];
      const right = !isLastColumn && data[i + 1] !== here;
      const below = !isLastRow && data[i + width] !== here;
      const both = !isLastColumn && !isLastRow && data[i + width + 1] !== here;
      edge[i] = right || below || both ? 1 : 0;
    }
  }
  return { width, height, data: edge };
}

/** A bitmap grown by a disk: every pixel at most `radius` away from one that is set. */
export function dilate({ width, height, data }: Bitmap, radius: number): Bitmap {
  const grown = new Uint8Array(data.length);
  const reach = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.floor(Math.sqrt(radius * radius - (i - radius) ** 2)),
  );
  for (let i = data.indexOf(1); i >= 0; i = data.indexOf(1, i + 1)) {
    const [x, y] = [i % width, Math.floor(i / width)];
    for (let dy = -Math.min(radius, y); dy <= Math.min(radius, height - 1 - y); dy++) {
      const half = reach[dy + radius]!;
      const row = (y + dy) * width;
      grown.fill(1, row + Math.max(0, x - half), row + Math.min(width - 1, x + half) + 1);
    }
  }
  return { width, height, data: grown };
}

/**
 * DAVIS's F: the harmonic mean of how much of the mask's boundary lies near the truth's and how much of the truth's lies
 * near the mask's. Near: within `ceil(0.008 × diagonal)` pixels. 1 when neither has a boundary. Throws a TypeError for
 * masks of different sizes.
 */
export function boundaryF(mask: Bitmap, truth: Bitmap): number {
  checkSizes(mask, truth);
  const radius = Math.ceil(boundaryTolerance * Math.hypot(mask.width, mask.height));
  const [own, wanted] = [boundaryOf(mask), boundaryOf(truth)];
  const [ownCount, wantedCount] = [count(own.data), count(wanted.data)];
  if (ownCount === 0 && wantedCount === 0) return 1;
  // Where one has no boundary its side of the two is 1 and the other's is 0.
  if (ownCount === 0 || wantedCount === 0) return 0;
  const precision = within(own, dilate(wanted, radius)) / ownCount;
  const recall = within(wanted, dilate(own, radius)) / wantedCount;
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

function within(bitmap: Bitmap, area: Bitmap): number {
  return bitmap.data.reduce((sum, one, i) => sum + (one & area.data[i]!), 0);
}

function count(data: Uint8Array): number {
  return data.reduce((sum, one) => sum + one, 0);
}
