import type { ObjectRecord, PromptRecord, RangeRecord } from '../../annotation';
import { coversAll } from '../../annotation';
import type { AlarmView, CoverageView, DocumentView, EvaluationView } from '../../protocol';
import { alarmNames } from '../../review';
import type { CanvasDesk } from '../controllers';
import { blockBounds } from '../timeline';
import type { BlockBound, FeatureLane, FrameRange, Lane, LaneMark, MenuFacts } from '../timeline';
import { alarmDrawings, frameWords } from './alarm-card';
import { objectStatus } from './object-status';
import type { ObjectRow } from './objects-panel';

/** What the views of objects need of the desk. */
export type ObjectSource = Pick<CanvasDesk, 'document' | 'state' | 'frame' | 'computing' | 'chosenObject'>;

/**
 * The objects as panel and timeline show them. What follows from the document alone is made once for each document:
 * a new frame makes nothing of it again.
 */
export class ObjectViews {
  readonly #lanes = remembered(makeLanes);
  readonly #marks = remembered(alarmMarks);
  readonly #features = remembered(makeFeatureLanes);
  readonly #bounds = remembered(blockBounds);
  readonly #rowLanes = remembered(makeLanes);
  readonly #counts = remembered(maskCounts);

  /** The objects' lanes, with the marks that lie on them. */
  lanes({ document, state }: ObjectSource, marks: readonly LaneMark[] = noMarks): readonly Lane[] {
    const { objects, prompts, locks } = document;
    return this.#lanes(objects, prompts, locks, state.coverage, marks, state.evaluation);
  }

  /** The alarms as marks on the lanes. */
  marks({ alarms }: Pick<CanvasDesk, 'alarms'>): readonly LaneMark[] {
    return this.#marks(alarms.shown);
  }

  /** The chosen object's features. */
  features({ document, state, chosenObject }: ObjectSource): readonly FeatureLane[] {
    const { features, featureChanges } = document;
    return this.#features(features, featureChanges, chosenObject?.id ?? null, state.video.frameCount);
  }

  /** Where the blocks of the runs meet. */
  bounds({ document }: ObjectSource): readonly BlockBound[] {
    return this.#bounds(document.runs, document.seams);
  }

  /** The objects with what there is of them on the frame in sight. */
  rows(source: ObjectSource): ObjectRow[] {
    const { document, state, frame, computing } = source;
    const counts = this.#counts(state.coverage);
    const last = state.video.frameCount - 1;
    return this.#rowLanes(
      document.objects,
      document.prompts,
      document.locks,
      state.coverage,
      noMarks,
      null,
    ).map((lane) => {
      const { object } = lane;
      const whole = coversAll(document.locks, object.id, [0, last]);
      const status = objectStatus({
        lane,
        frame,
        computing: computing?.objectId === object.id,
        tracked: state.run?.checks !== true && (state.run?.objectIds.includes(object.id) ?? false),
      });
      const locked = whole ? 'whole' : lane.locks.length > 0 ? 'part' : 'none';
      return { object, status, locked, maskCount: counts.get(object.id) ?? 0 };
    });
  }
}

function alarmMarks(alarms: readonly AlarmView[]): LaneMark[] {
  return alarms.map((alarm) => ({
    ...{ objectId: alarm.objectId, frame: alarm.frame, last: alarm.last, drawing: alarmDrawings[alarm.kind] },
    name: `${alarmNames[alarm.kind]}, ${frameWords(alarm).toLowerCase()}`,
  }));
}

const noMarks: readonly LaneMark[] = [];

/** What the timeline's menu depends on. */
export function menuFacts({ document, range, runs, video }: CanvasDesk): MenuFacts {
  const { objects, locks, absences, barriers } = document;
  return { objects, locks, absences, barriers, range, frameCount: video.frameCount, obstacle: runs.obstacle };
}

/** The objects a run can start from. */
export function promptedObjects({ document }: ObjectSource): ObjectRecord[] {
  const ids = new Set(document.prompts.map((one) => one.objectId));
  return document.objects.filter((one) => ids.has(one.id));
}

function makeLanes(
  objects: readonly ObjectRecord[],
  prompts: readonly PromptRecord[],
  locks: readonly RangeRecord[],
  coverage: readonly CoverageView[],
  marks: readonly LaneMark[],
  evaluation: EvaluationView | null,
): Lane[] {
  const promptsOf = grouped(prompts);
  const locksOf = grouped(locks);
  const marksOf = grouped(marks);
  const scores = new Map(evaluation?.objects.map((one) => [one.objectId, one.scores]));
  const views = new Map(coverage.map((one) => [one.objectId, one]));
  return objects.map((object) => {
    const own = promptsOf.get(object.id) ?? [];
    const drawn = frames(own.filter((one) => one.kind === 'mask'));
    return {
      object,
      runs: views.get(object.id)?.runs ?? [],
      prompted: frames(own.filter((one) => one.kind !== 'mask')),
      drawn,
      locks: (locksOf.get(object.id) ?? [])
        .map(({ first, last }): FrameRange => [first, last])
        .sort(([a], [b]) => a - b),
      outdated: views.get(object.id)?.outdated ?? [],
      marks: [...(marksOf.get(object.id) ?? [])].sort((a, b) => a.frame - b.frame),
      scores: scores.get(object.id) ?? [],
    };
  });
}

function makeFeatureLanes(
  features: DocumentView['features'],
  changes: DocumentView['featureChanges'],
  objectId: string | null,
  frameCount: number,
): FeatureLane[] {
  if (objectId === null) return [];
  return features.map((feature) => {
    const own = changes.filter((one) => one.objectId === objectId && one.featureId === feature.id);
    const events = own.map(({ frame, value }, index) => ({
      first: frame,
      last: (own[index + 1]?.frame ?? frameCount) - 1,
      value,
    }));
    return { feature, objectId, events };
  });
}

function maskCounts(coverage: readonly CoverageView[]): ReadonlyMap<string, number> {
  return new Map(
    coverage.map(({ objectId, runs }) => [
      objectId,
      runs.reduce((sum, run) => sum + (run.kind === 'absent' ? 0 : run.last - run.first + 1), 0),
    ]),
  );
}

/** The frames of some prompts, rising, each once. */
function frames(prompts: readonly PromptRecord[]): number[] {
  return [...new Set(prompts.map((one) => one.frame))].sort((a, b) => a - b);
}

function grouped<T extends { readonly objectId: string }>(list: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(one.objectId);
    if (group) group.push(one);
    else groups.set(one.objectId, [one]);
  }
  return groups;
}

/** The same answer for the same inputs as last time. */
function remembered<A extends readonly unknown[], R>(make: (...inputs: A) => R): (...inputs: A) => R {
  let last: { readonly inputs: A; readonly answer: R } | null = null;
  return (...inputs) => {
    if (!last || inputs.some((one, index) => one !== last!.inputs[index]))
      last = { inputs, answer: make(...inputs) };
    return last.answer;
  };
}
