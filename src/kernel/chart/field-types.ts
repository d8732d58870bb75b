import { KernelError } from '../../errors';
import type { ChartChannel, ChartSpec } from './chart-spec';

/**
 * The specification with the type of each column written out, which Vega-Lite would take for nominal otherwise. Throws a
 * KernelError for a column that no row has, which Vega-Lite would draw as nothing.
 */
export function withTypes(spec: ChartSpec, rows: readonly object[]): ChartSpec {
  const { encoding, layer } = spec;
  // What a transform makes is not in the rows, so only specifications without one are checked.
  const known = 'transform' in spec ? null : new Set(rows.flatMap((row) => Object.keys(row)));
  const typed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(typed);
    return isChannel(value) ? typedChannel(value, rows, known) : value;
  };
  return {
    ...spec,
    ...(encoding
      ? { encoding: Object.fromEntries(Object.entries(encoding).map(([name, one]) => [name, typed(one)])) }
      : {}),
    ...(layer ? { layer: layer.map((one) => withTypes(one, rows)) } : {}),
  };
}

function isChannel(value: unknown): value is ChartChannel & { readonly field: string } {
  return typeof value === 'object' && value !== null && typeof (value as ChartChannel).field === 'string';
}

function typedChannel(
  channel: ChartChannel & { readonly field: string },
  rows: readonly object[],
  known: ReadonlySet<string> | null,
): ChartChannel {
  const { field } = channel;
  if (known && !known.has(field))
    throw new KernelError(
      `There is no column “${field}” to draw. There are: ${[...known].map((one) => `“${one}”`).join(', ')}.`,
    );
  if (channel.type !== undefined || channel.aggregate === 'count') return channel;
  const sample = rows
    .map((row) => (row as Readonly<Record<string, unknown>>)[field])
    .find((one) => one !== null && one !== undefined);
  return { ...channel, type: typeof sample === 'number' ? 'quantitative' : 'nominal' };
}
