import { readFile } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';

/** What the machine has and what of it is taken, whoever takes it. */
export interface MachineUse {
  readonly totalBytes: number;
  /** Bytes that no program could have at once. */
  readonly usedBytes: number;
  readonly cores: number;
  /** Seconds that all cores were busy, and seconds that passed on them, since the machine began. */
  readonly cpu: { readonly busy: number; readonly passed: number };
}

export async function machineUse(): Promise<MachineUse> {
  const info = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const total = totalmem();
  const times = cpus().map((one) => one.times);
  const sum = (pick: (one: (typeof times)[number]) => number): number =>
    times.reduce((all, one) => all + pick(one), 0) / 1000;
  const busy = sum(({ user, nice, sys, irq }) => user + nice + sys + irq);
  const idle = sum((one) => one.idle);
  return {
    totalBytes: total,
    usedBytes: total - (availableBytes(info) ?? freemem()),
    cores: times.length,
    cpu: { busy, passed: busy + idle },
  };
}

/** MemAvailable of /proc/meminfo: free, or held by caches that make room (proc(5)). */
export function availableBytes(info: string): number | null {
  const found = /^MemAvailable:\s+(\d+) kB/m.exec(info);
  return found ? Number(found[1]) * 1024 : null;
}
