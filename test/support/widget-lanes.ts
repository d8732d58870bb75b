import type { FeatureRecord, FeatureValue } from '../../src/annotation';
import type { FeatureLane, Lane } from '../../src/widget/timeline';

/** An object's lane with nothing on it but what is said. */
export function lane(number: number, more: Partial<Lane> = {}): Lane {
  const object = {
    id: `o${number}`,
    number,
    name: `bird ${number}`,
    classId: null,
    color: '#73c4e2',
    hidden: false,
  };
  return {
    object,
    runs: [],
    prompted: [],
    drawn: [],
    locks: [],
    outdated: [],
    marks: [],
    scores: [],
    ...more,
  };
}

/** A feature of the first bird, with a change at each frame that is named. */
export function featureLane(
  feature: Partial<FeatureRecord>,
  changes: Readonly<Record<number, FeatureValue | null>> = {},
  frameCount = 10_000,
): FeatureLane {
  const frames = Object.keys(changes).map(Number);
  return {
    feature: { id: 'f1', name: 'behaviour', type: 'choice', options: ['rest', 'walk'], ...feature },
    objectId: 'o1',
    events: frames.map((first, n) => ({
      first,
      last: (frames[n + 1] ?? frameCount) - 1,
      value: changes[first] ?? null,
    })),
  };
}
