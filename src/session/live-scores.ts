import { againstTruth, overlapOf } from '../metrics';
import type { EvaluationView } from '../protocol';
import { maskOf, pairObjects } from './evaluation';
import type { Evaluation, EvaluatedWork, EvaluateOptions } from './evaluation';
import type { TruthMasks } from './ground-truth';
import { objectNames } from './object-names';
import type { SessionEvents } from './session-events';

/** So many figures an object are told; of more, the worst of each stretch. */
const mostFigures = 2000;
/** Masks of a run come one by one; the figures follow at this pace, in milliseconds. */
const pace = 150;

/** What live figures need of a session. */
export interface LiveScoreParts {
  readonly work: EvaluatedWork;
  readonly truth: TruthMasks;
  readonly options: EvaluateOptions;
  tell(view: EvaluationView): void;
  warn(error: unknown): void;
}

/** The IoU of each object on each known frame, kept up as masks change. */
export class LiveScores {
  readonly #parts: LiveScoreParts;
  readonly #scores = new Map<string, Map<number, number>>();
  readonly #waiting = new Set<number>();
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(parts: LiveScoreParts, { rows }: Evaluation) {
    this.#parts = parts;
    const ids = new Map([...objectNames(parts.work.document.objects)].map(([id, name]) => [name, id]));
    for (const { object, frame, iou } of rows) this.#of(ids.get(object)!).set(frame, iou);
  }

  /** The figures as the canvas gets them. */
  get view(): EvaluationView {
    const there = this.#parts.work.document.objects.filter(({ id }) => this.#scores.has(id));
    return {
      truth: this.#parts.truth.name,
      objects: there.map(({ id }) => ({ objectId: id, scores: thinned([...this.#scores.get(id)!]) })),
    };
  }

  /** Masks on these frames are not what they were: their figures are computed anew before long. */
  touch({ first, last }: SessionEvents['masks']): void {
    for (const frame of this.#parts.truth.frames)
      if (frame >= first && frame <= last) this.#waiting.add(frame);
    if (this.#waiting.size > 0 && !this.#stopped) this.#wake();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wake(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      void this.#catchUp()
        .catch((error: unknown) => this.#parts.warn(error))
        .finally(() => {
          this.#timer = null;
          if (this.#waiting.size > 0 && !this.#stopped) this.#wake();
        });
    }, pace);
    this.#timer.unref();
  }

  async #catchUp(): Promise<void> {
    const frames = [...this.#waiting].sort((a, b) => a - b);
    this.#waiting.clear();
    const { work, truth, options } = this.#parts;
    for (const frame of frames) {
      const known = await truth.labels(frame);
      for (const pair of pairObjects(work.document.objects, truth, options)) {
        const scores = this.#scores.get(pair.object.id);
        if (!scores) continue;
        const mask = await maskOf(work, pair.object.id, frame);
        const compared = againstTruth(mask, known, pair.number);
        scores.set(frame, overlapOf(compared.mask, compared.truth).iou);
      }
      if (this.#stopped) return;
    }
    this.#parts.tell(this.view);
  }

  #of(id: string): Map<number, number> {
    const scores = this.#scores.get(id) ?? new Map<number, number>();
    this.#scores.set(id, scores);
    return scores;
  }
}

/** Frames rising, to three digits; of too many, the lowest of each stretch, since it is the one to look at. */
function thinned(scores: [frame: number, iou: number][]): [frame: number, iou: number][] {
  const rising = scores
    .map(([frame, iou]): [number, number] => [frame, Math.round(iou * 1000) / 1000])
    .sort(([a], [b]) => a - b);
  if (rising.length <= mostFigures) return rising;
  const stretch = Math.ceil(rising.length / mostFigures);
  return Array.from({ length: Math.ceil(rising.length / stretch) }, (_, i) =>
    rising.slice(i * stretch, (i + 1) * stretch).reduce((worst, one) => (one[1] < worst[1] ? one : worst)),
  );
}
