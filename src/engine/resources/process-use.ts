import { readFile } from 'node:fs/promises';

/** Clock ticks a second in /proc; the same on every Linux that Node.js runs on (proc(5), sysconf(_SC_CLK_TCK)). */
const ticksPerSecond = 100;

/** What a process takes. Null: this system does not tell. */
export interface ProcessUse {
  /** Bytes of memory that are its own or shared, and not swapped out. */
  readonly residentBytes: number | null;
  /** Seconds of processor time since it began, of all cores together. */
  readonly cpuSeconds: number | null;
}

/** Looks at another process through /proc (proc(5)): nothing is asked of it, so it may be busy. */
export async function processUse(pid: number): Promise<ProcessUse> {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const [status, stat] = await Promise.all([read('status'), read('stat')]);
  return { residentBytes: residentBytes(status), cpuSeconds: cpuSeconds(stat) };
}

/** VmRSS of /proc/PID/status, in bytes. */
export function residentBytes(status: string): number | null {
  const found = /^VmRSS:\s+(\d+) kB/m.exec(status);
  return found ? Number(found[1]) * 1024 : null;
}

/** utime and stime of /proc/PID/stat, its 14th and 15th field; the second, in brackets, may hold anything. */
export function cpuSeconds(stat: string): number | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return stat !== '' && Number.isFinite(user + system) ? (user + system) / ticksPerSecond : null;
}
