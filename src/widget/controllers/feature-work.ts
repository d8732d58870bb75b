import type { FeatureChange } from '../../annotation';
import type { FeatureCommand } from '../commands';
import { randomId } from '../link';
import type { CanvasDesk } from './canvas-desk';
import type { Performers } from './performer';

/** How the commands of features are done. */
export const featureWork: Performers<FeatureCommand['do']> = {
  'add-feature': (desk, { name, type, options }) => {
    if (!desk.editable || name.trim() === '') return;
    desk.edits.send({ kind: 'add-feature', feature: { id: randomId(), name: name.trim(), type, options } });
  },
  'change-feature': (desk, { featureId, patch }) => {
    if (desk.editable) desk.edits.send({ kind: 'change-feature', featureId, patch });
  },
  'remove-feature': (desk, { featureId }) => {
    if (desk.editable) desk.edits.send({ kind: 'remove-feature', featureId });
  },
  'set-feature': (desk, { featureId, objectId, frame, change }) => {
    if (desk.editable) desk.edits.send({ kind: 'set-feature', featureId, objectId, frame, change });
  },
  'move-change': (desk, { featureId, objectId, from, to }) => {
    const moved = changesOf(desk, featureId, objectId).find((one) => one.frame === from);
    if (!desk.editable || !moved || from === to) return;
    const place = { kind: 'set-feature', featureId, objectId } as const;
    desk.edits.send({
      kind: 'together',
      edits: [
        { ...place, frame: from, change: null },
        { ...place, frame: to, change: { value: moved.value } },
      ],
    });
  },
  'go-to-change': (desk, { featureId, way }) => {
    const objectId = desk.chosenObject?.id;
    if (objectId === undefined) return;
    const frames = changesOf(desk, featureId, objectId).map((one) => one.frame);
    if (way === -1) frames.reverse();
    const next = frames.find((frame) => (frame - desk.frame) * way > 0);
    if (next !== undefined) desk.goTo(next);
  },
};

/** The changes of one feature of an object, in frame order. */
function changesOf({ document }: CanvasDesk, featureId: string, objectId: string): FeatureChange[] {
  return document.featureChanges.filter((one) => one.featureId === featureId && one.objectId === objectId);
}
