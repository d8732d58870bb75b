import type { CoverageRun, ObjectRecord } from '../../annotation';
import type { CanvasDesk } from '../controllers';
import { objectStatus } from './object-status';
import type { FeatureRow } from './features-panel';
import type { ObjectRow } from './objects-panel';
import type { Lane } from './timeline-lanes';

/** What the views of objects need of the desk. */
export type ObjectSource = Pick<CanvasDesk, 'document' | 'state' | 'frame' | 'computing' | 'chosenObject'>;

/** The objects as the panel shows them. */
export function objectRows({ document, state, frame, computing }: ObjectSource): ObjectRow[] {
  return document.objects.map((object) => {
    const runs = runsOf(state.coverage, object.id);
    const status = objectStatus({
      prompts: document.prompts.filter((one) => one.objectId === object.id),
      runs,
      frame,
      computing: computing?.objectId === object.id,
      tracked: state.run?.objectIds.includes(object.id) ?? false,
    });
    const maskCount = runs.reduce(
      (sum, run) => sum + (run.kind === 'absent' ? 0 : run.last - run.first + 1),
      0,
    );
    return { object, status, maskCount };
  });
}

/** The objects as the timeline shows them. */
export function timelineLanes({ document, state }: ObjectSource): Lane[] {
  return document.objects.map((object) => ({
    object,
    runs: runsOf(state.coverage, object.id),
    prompted: document.prompts.filter((one) => one.objectId === object.id).map((one) => one.frame),
  }));
}

/** The chosen object's features on the frame in sight; none while there is no object. */
export function featureRows({ document, frame, chosenObject }: ObjectSource): FeatureRow[] {
  if (!chosenObject) return [];
  return document.features.map((feature) => {
    const changes = document.featureChanges.filter(
      (one) => one.objectId === chosenObject.id && one.featureId === feature.id,
    );
    return { feature, value: changes.findLast((one) => one.frame <= frame)?.value ?? null };
  });
}

/** The objects a run can start from. */
export function promptedObjects({ document }: ObjectSource): ObjectRecord[] {
  const ids = new Set(document.prompts.map((one) => one.objectId));
  return document.objects.filter((one) => ids.has(one.id));
}

function runsOf(
  coverage: readonly { readonly objectId: string; readonly runs: readonly CoverageRun[] }[],
  objectId: string,
): readonly CoverageRun[] {
  return coverage.find((one) => one.objectId === objectId)?.runs ?? [];
}
