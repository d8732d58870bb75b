import type { Command } from 'commander';
import { CommandError } from '../errors';
import { wholeNumber } from './whole-number';

/** An option that may be given again. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** `--range`: both ends included; undefined where it is not given. Throws a CommandError for anything else. */
export function rangeOf(range: string | undefined): readonly [first: number, last: number] | undefined {
  if (range === undefined) return undefined;
  const span = /^(\d+)-(\d+)$/.exec(range);
  if (!span) throw new CommandError(`--range is FIRST-LAST, such as 0-200, not “${range}”.`);
  return [Number(span[1]), Number(span[2])];
}

/** Which frames of a file are used. */
export function openOptions({ range, every }: { readonly range?: string; readonly every?: string }): {
  range?: readonly [number, number];
  every?: number;
} {
  const span = rangeOf(range);
  return {
    ...(span ? { range: span } : {}),
    ...(every === undefined ? {} : { every: wholeNumber(every, '--every') }),
  };
}

/** What computes, as commands are told. */
export interface ModelFlags {
  readonly model?: string;
  readonly provider?: string;
  readonly threads?: string;
  readonly fast?: boolean;
  readonly memories?: string;
  readonly near?: string;
}

/** Adds `--model`, `--provider`, `--threads` and `--fast`. */
export function withModelFlags(command: Command, fallback = 'the best on this machine'): Command {
  return command
    .option('--model <name>', `the model (default: ${fallback}; see masklet models list)`)
    .option('--provider <name>', 'what computes: auto, cpu, cuda, webgpu, coreml, dml', 'auto')
    .option('--threads <n>', 'threads of the model (default: all cores)')
    .option('--fast', 'MobileSAM in a tenth less time, masks hardly worse');
}

/** `--scale`: what a pixel is in the world. Throws a CommandError for what is no length. */
export function scaleOf(
  scale: string | undefined,
): { readonly perPixel: number; readonly unit: string } | undefined {
  if (scale === undefined) return undefined;
  const size = /^(\d*\.?\d+)\s*(\p{L}+)$/u.exec(scale);
  if (!size)
    throw new CommandError(`--scale is the length of a pixel with its unit, such as 0.42mm, not “${scale}”.`);
  return { perPixel: Number(size[1]), unit: size[2]! };
}
