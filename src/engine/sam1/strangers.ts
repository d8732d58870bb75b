import { connectedComponents } from '../../mask';
import type { Ballot } from './label-vote';
import type { PictureGeometry } from './picture-geometry';
import { tuning } from './tuning';

/** A vote in which only what is familiar is left. */
export interface Recognised {
  /** float32[rows * columns]: how likely each cell belongs to the object. */
  readonly grid: Float32Array;
  /** How much the object's cells look like what is remembered, as a mean cosine; null where there are none. */
  readonly likeness: number | null;
}

/** The least that parts and single cells may be like their matches, as a share of what is usual. */
export interface FamiliarShares {
  readonly part: number;
  readonly cell: number;
}

/**
 * Takes strangers out of a vote. Every cell has a best match, also one that looks like nothing that was seen before, such as
 * ground that the object has just uncovered, or another shot: its match says little. Connected parts of likely cells, and
 * single cells, whose likeness to their matches is less than a share of `usual`, the object's own over time, are none of
 * it. Where nothing is usual yet, the part most alike is the measure, for parts alone.
 */
export function withoutStrangers(
  grid: Float32Array,
  ballots: readonly Ballot[],
  { columns, rows }: PictureGeometry,
  usual: number | null,
  shares: FamiliarShares,
): Recognised {
  const likeness = grid.map((_, i) => ballots.reduce((most, one) => Math.max(most, one.likeness[i]!), 0));
  const labels = likelyParts(grid, columns, rows);
  const parts = new Map<number, { alike: number; weight: number }>();
  grid.forEach((p, i) => {
    if (labels[i] === 0) return;
    const { alike, weight } = parts.get(labels[i]!) ?? { alike: 0, weight: 0 };
    parts.set(labels[i]!, { alike: alike + p * likeness[i]!, weight: weight + p });
  });
  const mean = ({ alike, weight }: { alike: number; weight: number }): number => alike / weight;
  const least = shares.part * (usual ?? Math.max(0, ...[...parts.values()].map(mean)));
  const kept = new Map([...parts].filter(([, part]) => mean(part) >= least));
  const own = (i: number): boolean =>
    kept.has(labels[i]!) && (usual === null || likeness[i]! >= shares.cell * usual);
  const all = [...kept.values()].reduce(
    (sum, one) => ({ alike: sum.alike + one.alike, weight: sum.weight + one.weight }),
    { alike: 0, weight: 0 },
  );
  return {
    grid: grid.map((p, i) => (labels[i] === 0 || own(i) ? p : Math.min(p, tuning.doubtful))),
    likeness: kept.size > 0 ? mean(all) : null,
  };
}

/** Connected parts of the cells that are likely, or, where hardly any are, of the likeliest: a part's number, or 0. */
function likelyParts(grid: Float32Array, columns: number, rows: number): Int32Array {
  const most = grid.reduce((a, b) => Math.max(a, b), 0);
  const bar = Math.max(0.15, Math.min(0.5, most * 0.6));
  const likely = Uint8Array.from(grid, (p) => (p > bar ? 1 : 0));
  return connectedComponents({ width: columns, height: rows, data: likely }, true).labels;
}
