import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EngineClient, EngineStatus } from '../engine/host';
import { gpuUse, machineUse, processUse } from '../engine/resources';
import type { GpuUse, MachineUse, ProcessUse } from '../engine/resources';
import type { ProcessView, ResourcesView, RunView } from '../protocol';
import type { EnginePair } from './engine-pair';

/** What is looked at. */
export interface MonitoredParts {
  readonly engines: EnginePair;
  /** The session's folder; null while the work is in memory only. */
  folder(): string | null;
  run(): RunView | null;
}

/** Load is what happened between two looks. One that is older than this, in milliseconds, says nothing of now. */
const longest = 5000;
/** Two views that look at about the same time see the same figures. */
const shortest = 400;
/** A look without one before it takes two, this far apart. */
const between = 250;
/** An engine in the middle of a frame answers late: its last figures stand for as long. */
const patience = 300;
/** Until a GPU that was not there is looked for again, in milliseconds. */
const gpuRest = 30_000;

/** What is measured; how the run goes is known at any time. */
type Measured = Omit<ResourcesView, 'run'>;

interface Look {
  readonly at: number;
  readonly kernel: ProcessUse;
  readonly pictures: ProcessUse | null;
  readonly model: ProcessUse | null;
  readonly machine: MachineUse;
  readonly pids: string;
}

/**
 * What the work takes: processes, machine, GPU, caches, disk. Looks only when it is asked, and starts no engine. On
 * Linux processes are looked at from outside, through /proc; elsewhere the engines say it themselves.
 */
export class ResourceMonitor {
  readonly #parts: MonitoredParts;
  readonly #modelEngine: AskedEngine;
  readonly #picturesEngine: AskedEngine;
  #last: Look | null = null;
  #now: Promise<Measured> | null = null;
  #known: { readonly at: number; readonly view: Measured } | null = null;
  #noGpuUntil = 0;

  constructor(parts: MonitoredParts) {
    this.#parts = parts;
    this.#modelEngine = new AskedEngine(parts.engines.model);
    this.#picturesEngine = new AskedEngine(parts.engines.pictures);
  }

  /** The figures of now. Those who ask at the same time are answered with the same look. */
  async look(): Promise<ResourcesView> {
    const known = this.#known;
    const fresh = known && performance.now() - known.at < shortest ? known.view : null;
    const measured = fresh ?? (await (this.#now ??= this.#measure().finally(() => (this.#now = null))));
    const run = this.#parts.run();
    return {
      ...measured,
      run: run && { framesPerSecond: run.framesPerSecond, secondsLeft: run.secondsLeft },
    };
  }

  async #measure(): Promise<Measured> {
    let before = this.#last;
    if (!before || performance.now() - before.at > longest) {
      before = await this.#look();
      await wait(between);
    }
    const [now, gpu, caches, sessionBytes] = await Promise.all([
      this.#look(),
      this.#gpu(),
      this.#modelEngine.status(),
      folderBytes(this.#parts.folder()),
    ]);
    this.#last = now;
    const view: Measured = {
      ...loads(before, now),
      gpu,
      caches: caches && {
        memoryBytes: caches.cacheBytes,
        limitBytes: caches.cacheLimit,
        diskBytes: caches.shelfBytes,
      },
      sessionBytes,
    };
    this.#known = { at: performance.now(), view };
    return view;
  }

  async #look(): Promise<Look> {
    const { pictures, model } = this.#parts.engines;
    const pids = `${pictures.pid} ${model.pid}`;
    const [ofPictures, ofModel, machine] = await Promise.all([
      this.#picturesEngine.use(),
      this.#modelEngine.use(),
      machineUse(),
    ]);
    const { user, system } = process.cpuUsage();
    const kernel = { residentBytes: process.memoryUsage().rss, cpuSeconds: (user + system) / 1e6 };
    return { at: performance.now(), kernel, pictures: ofPictures, model: ofModel, machine, pids };
  }

  /** A machine whose driver does not tell is not asked again at once. */
  async #gpu(): Promise<GpuUse | null> {
    if (performance.now() < this.#noGpuUntil) return null;
    const use = await gpuUse();
    if (use === null) this.#noGpuUntil = performance.now() + gpuRest;
    return use;
  }
}

/** What an engine says of itself, for as long as it has the patience of who asks. */
class AskedEngine {
  readonly #engine: EngineClient;
  #known: { readonly pid: number; readonly status: EngineStatus } | null = null;
  #asking: Promise<void> | null = null;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** What its process takes; null while there is none. */
  async use(): Promise<ProcessUse | null> {
    const { pid } = this.#engine;
    if (pid === null) return null;
    const seen = await processUse(pid);
    if (seen.residentBytes !== null) return seen;
    const said = await this.status();
    return { residentBytes: said?.rss ?? null, cpuSeconds: said?.cpuSeconds ?? null };
  }

  /** What it said last; null while there is none, or nothing was said yet. */
  async status(): Promise<EngineStatus | null> {
    const { pid } = this.#engine;
    if (pid === null) return null;
    this.#asking ??= this.#engine
      .call('status', {})
      .then((status) => void (this.#known = { pid, status }))
      .catch(() => undefined)
      .finally(() => (this.#asking = null));
    await Promise.race([this.#asking, wait(patience)]);
    return this.#known?.pid === pid ? this.#known.status : null;
  }
}

function loads(before: Look, now: Look): Pick<ResourcesView, 'kernel' | 'pictures' | 'model' | 'machine'> {
  const { cores, totalBytes, usedBytes, cpu } = now.machine;
  const seconds = ((now.at - before.at) / 1000) * cores;
  const of = (was: ProcessUse | null, is: ProcessUse): ProcessView => ({
    memoryBytes: is.residentBytes,
    processor:
      was === null || was.cpuSeconds === null || is.cpuSeconds === null || before.pids !== now.pids
        ? null
        : share((is.cpuSeconds - was.cpuSeconds) / seconds),
  });
  const passed = cpu.passed - before.machine.cpu.passed;
  const processor = passed > 0 ? share((cpu.busy - before.machine.cpu.busy) / passed) : null;
  return {
    kernel: of(before.kernel, now.kernel),
    pictures: now.pictures && of(before.pictures, now.pictures),
    model: now.model && of(before.model, now.model),
    machine: { memoryBytes: usedBytes, totalBytes, processor, cores },
  };
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Bytes of the files of a folder and of the folders in it; null where there is none. */
async function folderBytes(folder: string | null): Promise<number | null> {
  if (folder === null) return null;
  try {
    const entries = await readdir(folder, { recursive: true });
    // A file may be renamed between the two: it is counted the next time.
    const sizes = await Promise.all(
      entries.map((name) =>
        stat(join(folder, name)).then(
          (one) => (one.isFile() ? one.size : 0),
          () => 0,
        ),
      ),
    );
    return sizes.reduce((sum, one) => sum + one, 0);
  } catch {
    return null;
  }
}
