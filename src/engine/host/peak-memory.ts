import { readFileSync } from 'node:fs';

/**
 * The most bytes of memory this process has held. On Linux from the kernel's own high-water mark: `getrusage`
 * counts what the parent held when it forked.
 */
export function peakMemory(): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'));
    if (line) return Number(line[1]) * 1024;
  } catch {
    // Other systems have no /proc.
  }
  return process.resourceUsage().maxRSS * 1024;
}
