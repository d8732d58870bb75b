import { alarmKey } from '../../review';
import type { AlarmView } from '../../protocol';
import type { ReviewCommand } from '../commands';
import type { CanvasDesk } from './canvas-desk';
import type { Performers } from './performer';

/** How the commands of the review are done. */
export const alarmWork: Performers<ReviewCommand['do']> = {
  'step-alarm': (desk, { way }) => open(desk, desk.alarms.step(way, desk.frame)),
  'open-alarm': (desk, { key }) => open(desk, desk.alarms.choose(key)),
  'accept-alarm': (desk) => accept(desk),
  'fix-alarm': (desk) => {
    const alarm = desk.alarms.open;
    if (!alarm) return;
    open(desk, alarm);
    if (desk.editable) desk.tools.choose('point');
  },
  'redo-block': (desk) => redoBlock(desk),
  'check-masks': (desk, { objectId }) => {
    if (desk.editable) desk.runs.check(objectId);
  },
  'show-alarms': (desk, { kind, on }) => desk.alarms.show(kind, on),
};

/** Goes to an alarm: its frame, its object. */
function open(desk: CanvasDesk, alarm: AlarmView | null): void {
  desk.alarms.choose(alarm && alarmKey(alarm));
  if (!alarm) return;
  desk.goTo(alarm.frame);
  desk.choosePrompt(null);
  desk.place({ objectId: alarm.objectId });
}

function accept(desk: CanvasDesk): void {
  const alarm = desk.alarms.open;
  if (!alarm || !desk.editable) return;
  const next = desk.alarms.shown.length > 1 ? desk.alarms.step(1, alarm.frame) : null;
  const { kind, objectId, frame, of } = alarm;
  desk.edits.send({ kind: 'set-accepted', alarm: { kind, objectId, frame }, of });
  open(desk, next);
}

/** The block behind the seam, which begins or ends on its frame, as its run went. */
function redoBlock(desk: CanvasDesk): void {
  const alarm = desk.alarms.open;
  if (!alarm || !desk.editable || desk.runs.obstacle !== null) return;
  const seam = desk.document.seams.find(
    (one) => one.objectId === alarm.objectId && one.frame === alarm.frame,
  );
  const run = desk.document.runs.find((one) => one.id === seam?.run);
  const size = Math.max(2, run?.blockSize ?? 2);
  const last = desk.video.frameCount - 1;
  desk.playback.stop();
  desk.setRange([alarm.frame, Math.min(last, alarm.frame + size - 1)]);
  desk.runs.scope = [alarm.objectId];
  desk.setFollow(true);
  desk.runs.propagate('forward');
}
