/** Sampled outputs by graph and output. */
export type Samples = Readonly<Record<string, readonly number[]>>;

/** A GPU's numbers may differ from the CPU's by this share of the largest; half precision would by 1e-2. */
export const gpuTolerance = 5e-2;
/** A graph that is this far off itself when it runs again on the same input is not to be relied on. */
const unsteady = 1e-3;
/** GPUs multiply with 10 bits after the point (TF32): each number is off by at most this share. */
const rounding = 2 ** -11;
/** An input is rounded once for the comparison; in a graph every layer does. */
const roundings = 8;

/** The largest difference from what was expected, as a share of the largest number of each output. */
export function largestDifference(found: Samples, expected: Samples): number {
  const differences = Object.entries(found).map(([output, values]) => {
    const wanted = expected[output] ?? [];
    const largest = Math.max(1e-6, ...wanted.map(Math.abs));
    return Math.max(...values.map((one, i) => Math.abs(one - (wanted[i] ?? NaN)) / largest));
  });
  return Math.max(...differences);
}

/**
 * How far a graph's numbers are from those that are expected, as a share of the largest; null where that is within what a
 * GPU may differ by. `run` computes it with each of its float inputs adjusted. A graph that answers to a rounded input
 * with other numbers, as deep ones with weights from a seed do, may be off by as much; one that is not even steady may not.
 */
export async function wrongBy(
  run: (adjust: (data: Float32Array) => Float32Array) => Promise<Samples>,
  expected: Samples,
): Promise<number | null> {
  const asIs = (data: Float32Array): Float32Array => data;
  const found = await run(asIs);
  const difference = largestDifference(found, expected);
  if (difference <= gpuTolerance) return null;
  const repeated = largestDifference(await run(asIs), found);
  const nudged = largestDifference(await run(rounded), found);
  const excused = repeated <= unsteady && difference <= roundings * nudged;
  return excused ? null : difference;
}

/** Numbers off by as much as a GPU's rounding, up or down without an order. */
function rounded(data: Float32Array): Float32Array {
  return data.map((one, i) => one * (1 + (Math.imul(i, 0x9e3779b9) < 0 ? rounding : -rounding)));
}
