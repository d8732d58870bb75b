import type { MaskCheck, TrackChange } from './edits';
import { without } from './ranges';
import type { MaskSource, TrackEntry } from './records';

/** Frames next to each other with the same state. Ends are inclusive. */
export interface CoverageRun {
  readonly first: number;
  readonly last: number;
  readonly kind: CoverageKind;
}

/** `absent`: the object was looked for and is not in the picture. */
export type CoverageKind = MaskSource['kind'] | 'absent';

/** One object's masks through the video, by frame; a frame without an entry was never computed. */
export class Track {
  readonly #entries = new Map<number, TrackEntry>();
  /** Frames whose masks answer prompts: the user vouched for them. */
  readonly #vouched = new Set<number>();
  #coverage: readonly CoverageRun[] | null = null;

  get size(): number {
    return this.#entries.size;
  }

  entryAt(frame: number): TrackEntry | undefined {
    return this.#entries.get(frame);
  }

  /** The frames that have an entry, in order. */
  frames(): number[] {
    return [...this.#entries.keys()].sort((a, b) => a - b);
  }

  /** The frames whose masks the user vouched for, in order. */
  vouched(): number[] {
    return [...this.#vouched].sort((a, b) => a - b);
  }

  /** Applies changes and answers with those that undo them. */
  change(changes: readonly TrackChange[]): TrackChange[] {
    this.#coverage = null;
    const undo = changes.map(({ frame, entry }) => {
      const before = this.#entries.get(frame) ?? null;
      if (entry) this.#entries.set(frame, entry);
      else this.#entries.delete(frame);
      if (entry && entry.source.kind === 'prompted') this.#vouched.add(frame);
      else this.#vouched.delete(frame);
      return { frame, entry: before };
    });
    return undo.reverse();
  }

  /** Notes what a check found; answers with what was known before, of the frames that have a mask. */
  check(checks: readonly MaskCheck[]): MaskCheck[] {
    const undo = checks.flatMap(({ frame, iou }): MaskCheck[] => {
      const entry = this.#entries.get(frame);
      if (!entry) return [];
      const { checked, ...rest } = entry;
      this.#entries.set(frame, iou === null ? rest : { ...rest, checked: iou });
      return [{ frame, iou: checked ?? null }];
    });
    return undo.reverse();
  }

  /** What is there, as runs of frames: what a timeline draws. */
  coverage(): readonly CoverageRun[] {
    this.#coverage ??= this.#runs();
    return this.#coverage;
  }

  #runs(): CoverageRun[] {
    const runs: { first: number; last: number; kind: CoverageKind }[] = [];
    for (const frame of this.frames()) {
      const kind = kindOf(this.#entries.get(frame)!);
      const run = runs[runs.length - 1];
      if (run && run.kind === kind && run.last === frame - 1) run.last = frame;
      else runs.push({ first: frame, last: frame, kind });
    }
    return runs;
  }
}

/** Coverage with the ranges in which the object is absent laid over it. */
export function withAbsences(
  runs: readonly CoverageRun[],
  absences: readonly { readonly first: number; readonly last: number }[],
): readonly CoverageRun[] {
  if (absences.length === 0) return runs;
  const holes = absences.map(({ first, last }) => [first, last] as const);
  const left = runs.flatMap((run) =>
    without([[run.first, run.last]], holes).map(([first, last]) => ({ ...run, first, last })),
  );
  const absent = absences.map(({ first, last }): CoverageRun => ({ first, last, kind: 'absent' }));
  return [...left, ...absent].sort((a, b) => a.first - b.first);
}

function kindOf(entry: TrackEntry): CoverageKind {
  if (entry.source.kind === 'prompted') return 'prompted';
  return entry.area === 0 ? 'absent' : entry.source.kind;
}
