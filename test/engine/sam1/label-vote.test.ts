/** @jest-environment <rootDir>/test/support/onnx-environment.cjs */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchModel, OnnxGraph } from '../../../src/engine/onnx';
import type { GridMask } from '../../../src/engine/sam1/grid-mask';
import { cellsAround, questionOf } from '../../../src/engine/sam1/cell-matches';
import type { Witness } from '../../../src/engine/sam1/cell-matches';
import { labelVote } from '../../../src/engine/sam1/label-vote';
import type { Features, MobileEmbedding } from '../../../src/engine/sam1/mobile-embedding';
import { tuning } from '../../../src/engine/sam1/tuning';

// The vote by its definition, cell by cell, beside the one that asks the graph tile by tile.

/** Small, so that regions are cut both ways. */
const tile = { width: 8, height: 3 };
const [columns, rows, channels] = [21, 6, 8];
const cells = columns * rows;
const unit = 1 / (63 * 63);

let dotProduct: OnnxGraph;
beforeAll(async () => {
  dotProduct = await OnnxGraph.load('match', matchModel(), { threads: 1 });
});
afterAll(() => dotProduct.release());

const anyFeatures = fc
  .array(fc.integer({ min: -63, max: 63 }), { minLength: cells * channels, maxLength: cells * channels })
  .map((values): Features => ({ columns, rows, channels, data: Int8Array.from(values), unit }));
/** In steps that add up without rounding: a cell is in a window, or it is not. */
const anyShift = fc.integer({ min: -192, max: 192 }).map((steps) => steps / 64);
const anyWitness = fc
  .record({
    features: anyFeatures,
    labels: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: cells, maxLength: cells }),
    silent: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: cells, maxLength: cells }),
    radius: fc.integer({ min: 2, max: 8 }),
    dx: anyShift,
    dy: anyShift,
    price: fc.constantFrom(0, 0.001, 0.02),
  })
  .map(({ features, labels, silent, ...place }): Witness => ({
    ...place,
    embedding: embeddingOf(features),
    mask: { columns, rows, data: Float32Array.from(labels) } as GridMask,
    silent: Uint8Array.from(silent, (one) => (one === 0 ? 1 : 0)),
  }));
const anyRegion = fc
  .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }))
  .map(([a, b]) => ({ x0: Math.min(a, b), x1: Math.max(a, b), y0: 1, y1: 4 }));

function embeddingOf(coarse: Features): MobileEmbedding {
  return { coarse } as MobileEmbedding;
}

function dot(one: Features, a: number, other: Features, b: number): number {
  let sum = 0;
  for (let c = 0; c < channels; c++) sum += one.data[a * channels + c]! * other.data[b * channels + c]!;
  return sum;
}

/** All that a cell may match, the best first. */
function candidates(
  query: Features,
  x: number,
  y: number,
  witnesses: readonly Witness[],
): { score: number; place: number; label: number }[] {
  const found = witnesses.flatMap(({ embedding, mask, silent, radius, dx, dy, price }, which) =>
    Array.from({ length: cells }, (_, at) => {
      const [u, v] = [at % columns, Math.floor(at / columns)];
      const [across, down] = [u - (x - dx), v - (y - dy)];
      if (Math.abs(across) > radius || Math.abs(down) > radius || silent?.[at] === 1) return [];
      const score =
        dot(query, y * columns + x, embedding.coarse, at) * unit - price * (across ** 2 + down ** 2);
      return [{ score, place: which * cells + at, label: mask.data[at]! }];
    }).flat(),
  );
  return found.sort((a, b) => b.score - a.score);
}

describe('the cells’ vote', () => {
  it('is that of the most alike in each cell’s window, however the region is cut', async () => {
    const anyVote = fc.tuple(anyFeatures, anyRegion, fc.array(anyWitness, { minLength: 1, maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(anyVote, async ([query, region, witnesses]) => {
        const ballot = await labelVote(dotProduct, questionOf(embeddingOf(query), region, tile), witnesses);
        for (let y = 0; y < rows; y++)
          for (let x = 0; x < columns; x++) {
            const at = y * columns + x;
            const inside = x >= region.x0 && x <= region.x1 && y >= region.y0 && y <= region.y1;
            const best = inside ? candidates(query, x, y, witnesses).slice(0, tuning.voters) : [];
            const places = [...ballot.matches.subarray(at * tuning.voters, (at + 1) * tuning.voters)];
            const scores = places
              .filter((one) => one >= 0)
              .map((place) => candidates(query, x, y, witnesses).find((one) => one.place === place)!.score);
            expect(scores).toHaveLength(best.length);
            scores.forEach((score, i) => expect(score).toBeCloseTo(best[i]!.score, 9));
            expect(ballot.likeness[at]).toBeCloseTo(Math.max(0, best[0]?.score ?? 0), 5);
            const weights = best.map(({ score }) => Math.exp((score - best[0]!.score) / tuning.temperature));
            const total = weights.reduce((sum, one) => sum + one, 0);
            const vote = weights.reduce((sum, one, i) => sum + one * best[i]!.label, 0) / (total || 1);
            // Of two that are as much alike either may be the last that votes.
            const tied = best.length === tuning.voters && !isApart(candidates(query, x, y, witnesses));
            if (!tied) expect(ballot.votes[at]).toBeCloseTo(vote, 4);
          }
      }),
      { numRuns: 20 },
    );
  });

  it('tells how much cells around a match are alike', async () => {
    const anyVote = fc.tuple(anyFeatures, anyRegion, fc.array(anyWitness, { minLength: 1, maxLength: 3 }));
    let known = 0;
    await fc.assert(
      fc.asyncProperty(anyVote, async ([query, region, witnesses]) => {
        const { matches, around } = await labelVote(
          dotProduct,
          questionOf(embeddingOf(query), region, tile),
          witnesses,
        );
        matches.forEach((match, i) => {
          if (match < 0) return;
          const { embedding } = witnesses[Math.floor(match / cells)]!;
          for (let k = 0; k < cellsAround; k++) {
            const product = around[i * cellsAround + k]!;
            if (Number.isNaN(product)) continue;
            const other = (match % cells) + (Math.floor(k / 3) - 1) * columns + (k % 3) - 1;
            expect(product).toBe(dot(query, Math.floor(i / tuning.voters), embedding.coarse, other));
            known++;
          }
        });
      }),
      { numRuns: 20 },
    );
    expect(known).toBeGreaterThan(1000);
  });
});

/** True where the last that votes is more alike than the first that does not. */
function isApart(all: readonly { readonly score: number }[]): boolean {
  const next = all[tuning.voters];
  return !next || all[tuning.voters - 1]!.score - next.score > 1e-9;
}
