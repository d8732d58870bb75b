import { execFile } from 'node:child_process';

/** What an NVIDIA GPU takes, whoever uses it. Null: its driver does not tell. */
export interface GpuUse {
  readonly name: string;
  /** 0 to 1. */
  readonly load: number | null;
  readonly memoryBytes: number | null;
  readonly totalBytes: number | null;
}

/** A driver that hangs is not waited for any longer, in milliseconds. */
const patience = 3000;

/** Arguments that have nvidia-smi tell of the first GPU that CUDA may use, as bare numbers. */
export function gpuQuery(...fields: readonly string[]): string[] {
  const gpu = process.env['CUDA_VISIBLE_DEVICES']?.split(',')[0] || '0';
  return [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits', `--id=${gpu}`];
}

/** Asks nvidia-smi. Null where there is no such program, no such GPU, or no answer. */
export function gpuUse(): Promise<GpuUse | null> {
  const asked = gpuQuery('name', 'utilization.gpu', 'memory.used', 'memory.total');
  return new Promise((resolve) => {
    execFile('nvidia-smi', asked, { timeout: patience, env: process.env }, (error, text) =>
      resolve(error ? null : readGpu(text)),
    );
  });
}

/** A line as `NVIDIA H100, 61, 4810, 81559`: name, percent, MiB, MiB. What is no number is not known. */
export function readGpu(text: string): GpuUse | null {
  const [name, load, used, total] = (text.split('\n')[0] ?? '').split(',').map((part) => part.trim());
  if (!name || total === undefined) return null;
  const number = (part: string | undefined): number | null =>
    part !== undefined && /^\d+(\.\d+)?$/.test(part) ? Number(part) : null;
  const bytes = (part: string | undefined): number | null => {
    const mib = number(part);
    return mib === null ? null : mib * 1024 * 1024;
  };
  const percent = number(load);
  return {
    name,
    load: percent === null ? null : percent / 100,
    memoryBytes: bytes(used),
    totalBytes: bytes(total),
  };
}
