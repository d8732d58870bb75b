import { coversAll, lockEdit, markPresentEdit, unlockEdit } from '../../annotation';
import type { Edit } from '../../annotation';
import type { FrameSpan, ObjectCommand } from '../commands';
import { randomId } from '../link';
import type { CanvasDesk } from './canvas-desk';
import { followStarted } from './performer';
import type { Performers } from './performer';

/** How the commands of objects, classes and their frames are done. */
export const objectWork: Performers<ObjectCommand['do']> = {
  'move-object': (desk, { objectId, by }) => {
    const id = objectId ?? desk.chosenObject?.id;
    const at = desk.document.objects.findIndex((one) => one.id === id);
    if (id !== undefined && at >= 0) placeObject(desk, id, at + by);
  },
  'place-object': (desk, { objectId, to }) => placeObject(desk, objectId, to),
  'set-class': (desk, { objectId, classId }) => {
    if (desk.editable) desk.edits.changeObject(objectId, { classId });
  },
  'name-class': (desk, { objectId, name }) => nameClass(desk, objectId, name.trim()),
  'rename-class': (desk, { classId, name }) => {
    if (desk.editable && name.trim() !== '')
      desk.edits.send({ kind: 'change-class', classId, name: name.trim() });
  },
  'remove-class': (desk, { classId }) => {
    if (desk.editable) desk.edits.send({ kind: 'remove-class', classId });
  },
  'merge-objects': (desk, { objectId, otherId }) => {
    if (!desk.editable) return;
    desk.edits.rework({ do: 'merge', objectId, otherId });
    if (desk.state.place.objectId === otherId) desk.place({ objectId });
  },
  'swap-objects': (desk, { objectId, otherId, from }) => {
    if (desk.editable) desk.edits.rework({ do: 'swap', objectId, otherId, from });
  },
  'split-object': (desk, { objectId, from }) => {
    const id = objectId ?? desk.chosenObject?.id;
    if (!desk.editable || id === undefined) return;
    desk.edits.rework({ do: 'split', objectId: id, from }, (made) => desk.place({ objectId: made }));
  },
  'lock-object': (desk, { objectId, span, on }) => {
    const id = objectId ?? desk.chosenObject?.id;
    if (desk.editable && id !== undefined) lock(desk, [id], span ?? desk.range ?? whole(desk), on);
  },
  'lock-others': (desk, { on }) => {
    const others = desk.document.objects.filter((one) => one.id !== desk.chosenObject?.id);
    if (!desk.editable || others.length === 0) return;
    lock(
      desk,
      others.map((one) => one.id),
      whole(desk),
      on,
    );
  },
  'mark-absent': (desk, { objectId, span, on }) => markAbsent(desk, objectId, span, on),
  'delete-masks': (desk, { objectId, span }) => {
    const id = objectId ?? desk.chosenObject?.id;
    if (!desk.editable || id === undefined) return;
    desk.edits.rework({ do: 'delete-masks', objectId: id, range: span ?? desk.range ?? here(desk) });
  },
  'propagate-range': (desk, { objectId, span }) => {
    if (!desk.editable || desk.runs.obstacle !== null) return;
    followStarted(desk);
    desk.setRange(span);
    if (objectId !== null) desk.runs.scope = [objectId];
    desk.runs.propagate();
  },
  'set-barrier': (desk, { frame, on }) => {
    if (desk.editable) desk.edits.send({ kind: 'set-barrier', frame, on });
  },
  'go-to-barrier': (desk, { way }) => {
    const frames = way === 1 ? desk.document.barriers : [...desk.document.barriers].reverse();
    const next = frames.find((frame) => (frame - desk.frame) * way > 0);
    if (next !== undefined) desk.goTo(next);
  },
};

function lock(desk: CanvasDesk, objectIds: readonly string[], span: FrameSpan, on: boolean | null): void {
  const wanted = on ?? !objectIds.every((id) => coversAll(desk.document.locks, id, span));
  const make = wanted ? lockEdit : unlockEdit;
  const edits = objectIds
    .filter((id) => (wanted ? !coversAll(desk.document.locks, id, span) : true))
    .map((id) => make(desk.document, id, span, randomId))
    .flatMap((edit): readonly Edit[] => (edit.kind === 'together' ? edit.edits : [edit]));
  if (edits.length === 1) desk.edits.send(edits[0]!);
  if (edits.length > 1) desk.edits.send({ kind: 'together', edits });
}

function markAbsent(
  desk: CanvasDesk,
  objectId: string | null,
  span: FrameSpan | null,
  on: boolean | null,
): void {
  const id = objectId ?? desk.chosenObject?.id;
  if (!desk.editable || id === undefined) return;
  const range = span ?? desk.range ?? here(desk);
  if (on ?? !coversAll(desk.document.absences, id, range))
    desk.edits.rework({ do: 'mark-absent', objectId: id, range });
  else desk.edits.send(markPresentEdit(desk.document, id, range, randomId));
}

function placeObject(desk: CanvasDesk, objectId: string, to: number): void {
  const { objects } = desk.document;
  const at = objects.findIndex((one) => one.id === objectId);
  if (!desk.editable || at < 0 || to < 0 || to >= objects.length || to === at) return;
  desk.edits.send({ kind: 'move-object', objectId, to });
}

function nameClass(desk: CanvasDesk, objectId: string, name: string): void {
  if (!desk.editable) return;
  const known = desk.document.classes.find((one) => one.name === name);
  if (name === '' || known) return desk.edits.changeObject(objectId, { classId: known?.id ?? null });
  const classId = randomId();
  desk.edits.send({
    kind: 'together',
    edits: [
      { kind: 'add-class', class: { id: classId, name } },
      { kind: 'change-object', objectId, patch: { classId } },
    ],
  });
}

function whole({ video }: CanvasDesk): FrameSpan {
  return [0, Math.max(0, video.frameCount - 1)];
}

function here({ frame }: CanvasDesk): FrameSpan {
  return [frame, frame];
}
