import type { ObjectRecord } from '../../annotation';
import { alarmWork } from './alarm-work';
import type { CanvasDesk } from './canvas-desk';
import { featureWork } from './feature-work';
import { objectWork } from './object-work';
import { followStarted } from './performer';
import type { CommandKind, CommandOf, Performer, Performers } from './performer';

const nothing = (): void => undefined;

const performers: Performers = {
  ...objectWork,
  ...featureWork,
  ...alarmWork,
  'go-to-frame': (desk, { frame }) => desk.goTo(frame),
  step: (desk, { by }) => desk.goTo(desk.frame + by),
  'go-to-end': (desk, { end }) => desk.goTo(end === 'first' ? 0 : desk.video.frameCount - 1),
  'go-to-prompted': (desk, { way }) => goToPrompted(desk, way),
  play: (desk, { way }) => {
    desk.setFollow(false);
    desk.playback.toggle(way);
  },
  'set-speed': (desk, { speed }) => {
    desk.playback.speed = speed;
  },
  'set-range': (desk, { range }) => desk.setRange(range),
  'set-range-end': (desk, { end }) => setRangeEnd(desk, end),
  'choose-object': (desk, { objectId }) => chooseObject(desk, objectId),
  'choose-number': (desk, { number }) =>
    chooseObject(desk, desk.document.objects.find((one) => one.number === number)?.id),
  'step-object': (desk, { by }) => stepObject(desk, by),
  'new-object': (desk) => {
    if (desk.editable) chooseObject(desk, desk.edits.addObject());
  },
  'rename-object': (desk, { objectId, name }) => {
    if (desk.editable && name.trim() !== '') desk.edits.changeObject(objectId, { name: name.trim() });
  },
  'recolor-object': (desk, { objectId, color }) => {
    if (desk.editable) desk.edits.changeObject(objectId, { color });
  },
  'remove-object': (desk, { objectId }) => removeObject(desk, objectId),
  'hide-object': (desk, { objectId, hidden }) => hideObject(desk, objectId, hidden),
  'show-only-chosen': (desk, { only }) => showOnlyChosen(desk, only),
  'choose-tool': (desk, { tool }) => desk.tools.choose(tool),
  'flip-sign': (desk) => desk.setFlipped(!desk.flipped),
  'set-brush': (desk, { radius }) => desk.setBrushRadius(radius),
  'scale-brush': (desk, { by }) => desk.setBrushRadius(desk.brushRadius * 1.25 ** by + by * 0.5),
  'clear-prompts': (desk) => {
    const object = desk.chosenObject;
    if (desk.editable && object) desk.edits.clearPrompts(object.id, desk.frame);
  },
  'choose-prompt': (desk, { promptId }) => desk.choosePrompt(promptId),
  'remove-prompt': (desk, { promptId }) => {
    const id = promptId ?? desk.chosenPrompt?.id;
    if (desk.editable && id !== undefined) desk.edits.removePrompt(id);
  },
  'move-cross': (desk, { dx, dy }) => {
    const middle = { x: desk.video.width / 2, y: desk.video.height / 2 };
    const from = desk.cross ?? middle;
    desk.setCross({ x: from.x + dx, y: from.y + dy });
  },
  'prompt-at-cross': (desk, { positive }) => promptAtCross(desk, positive),
  'set-direction': (desk, { direction }) => {
    desk.runs.direction = direction;
  },
  'set-scope': (desk, { scope }) => {
    desk.runs.scope = scope;
  },
  propagate: (desk, { direction, replaces = false }) => {
    if (!desk.editable || desk.runs.obstacle !== null) return;
    followStarted(desk, replaces);
    desk.runs.propagate(direction, replaces);
  },
  undo: (desk) => {
    if (desk.editable) desk.ask({ kind: 'undo' });
  },
  redo: (desk) => {
    if (desk.editable) desk.ask({ kind: 'redo' });
  },
  'toggle-barrier': (desk) => {
    const { frame } = desk;
    const on = !desk.document.barriers.includes(frame);
    if (desk.editable) desk.edits.send({ kind: 'set-barrier', frame, on });
  },
  'carry-correction': (desk) => carryCorrection(desk),
  'cancel-run': (desk) => desk.runs.cancel(),
  'drop-run': (desk, { runId }) => desk.runs.drop(runId),
  'start-run-now': (desk, { runId }) => desk.runs.startNow(runId),
  'follow-run': (desk, { follow }) => desk.setFollow(follow),
  'set-mode': (desk, { mode }) => desk.place({ mode }),
  'set-opacity': (desk, { opacity }) => desk.place({ opacity: Math.min(Math.max(opacity, 0), 1) }),
  zoom: (desk, { factor }) => desk.stage.zoomBy(factor),
  fit: (desk) => desk.stage.fit(),
  'one-to-one': (desk) => desk.stage.oneToOne(),
  'use-model': (desk, { do: kind, ...choice }) => desk.ask({ kind, ...choice }),
  'add-model': (desk, { model }) => desk.ask({ kind: 'add-model', model }),
  'stop-adding': (desk) => desk.ask({ kind: 'stop-adding' }),
  'say-done': (desk) => desk.ask({ kind: 'done' }),
  'dismiss-notice': (desk, { key }) => desk.dismissNotice(key),
  'open-page': (desk, { page }) => desk.pages.open(page),
  'close-page': (desk) => desk.pages.close(),
  'watch-resources': (desk, { on }) => {
    desk.resources.watching = on;
  },
  export: (desk, { format, folder, objectIds, range }) => {
    const some = objectIds.length < desk.document.objects.length;
    void desk.pages.export({
      ...{ format, folder },
      ...(some ? { objectIds } : {}),
      ...(range ? { range } : {}),
    });
  },
  'cancel-export': (desk) => void desk.pages.cancelExport(),
  'save-as': (desk, { path }) => void desk.pages.saveAs(path),
  'start-over': (desk) => void desk.pages.startOver(),
  'close-session': (desk) => void desk.pages.closeSession(),
  'take-over': (desk) => {
    const { takeOver } = desk.state;
    if (takeOver !== null) desk.ask({ kind: 'open', place: { typed: takeOver } });
  },
  'change-settings': (desk, { patch }) => {
    if (desk.editable) desk.edits.send({ kind: 'change-settings', patch });
  },
  'set-look': (desk, { patch }) => desk.place(patch),
  'ask-for-frame': nothing,
  'full-screen': nothing,
  'step-out': (desk) => void desk.stepOut(),
};

/** Does what a button, key or menu asks for. What only the page can do is left to the page. */
export function performCommand<K extends CommandKind>(desk: CanvasDesk, command: CommandOf<K>): void {
  const perform = performers[command.do] as Performer<K>;
  perform(desk, command);
  desk.changed();
}

function goToPrompted(desk: CanvasDesk, way: 1 | -1): void {
  const { prompts } = desk.document;
  const chosen = desk.chosenObject?.id;
  const own = prompts.filter((one) => one.objectId === chosen);
  const frames = (own.length > 0 ? own : prompts).map((one) => one.frame).sort((a, b) => (a - b) * way);
  const next = frames.find((frame) => (frame - desk.frame) * way > 0);
  if (next !== undefined) desk.goTo(next);
}

function setRangeEnd(desk: CanvasDesk, end: 'first' | 'last'): void {
  const [first, last] = desk.range ?? [0, desk.video.frameCount - 1];
  const here = desk.frame;
  if (end === 'first') desk.setRange([here, Math.max(here, last)]);
  else desk.setRange([Math.min(here, first), here]);
}

function chooseObject(desk: CanvasDesk, objectId: string | undefined): void {
  if (objectId === undefined) return;
  desk.choosePrompt(null);
  desk.place({ objectId });
}

function stepObject(desk: CanvasDesk, by: 1 | -1): void {
  const { objects } = desk.document;
  const at = objects.findIndex((one) => one.id === desk.chosenObject?.id);
  chooseObject(desk, objects[at + by]?.id);
}

function removeObject(desk: CanvasDesk, objectId: string): void {
  if (!desk.editable) return;
  const { objects } = desk.document;
  const at = objects.findIndex((one) => one.id === objectId);
  const neighbour = objects[at + 1] ?? objects[at - 1];
  desk.edits.removeObject(objectId);
  if (desk.state.place.objectId === objectId) desk.place({ objectId: neighbour?.id ?? null });
}

function hideObject(desk: CanvasDesk, objectId: string | null, hidden: boolean | null): void {
  const object: ObjectRecord | null =
    objectId === null
      ? desk.chosenObject
      : (desk.document.objects.find((one) => one.id === objectId) ?? null);
  if (object && desk.editable) desk.edits.changeObject(object.id, { hidden: hidden ?? !object.hidden });
}

function showOnlyChosen(desk: CanvasDesk, only: boolean): void {
  if (!desk.editable) return;
  const chosen = desk.chosenObject?.id;
  desk.edits.setHidden(
    desk.document.objects
      .map((one) => ({ objectId: one.id, hidden: only && one.id !== chosen, was: one.hidden }))
      .filter((one) => one.hidden !== one.was),
  );
}

function promptAtCross(desk: CanvasDesk, positive: boolean): void {
  if (!desk.cross) {
    desk.setCross({ x: desk.video.width / 2, y: desk.video.height / 2 });
    return;
  }
  desk.addPointAt(desk.cross, positive);
}

/** Outward from the frame in sight, for the chosen object alone: what the correction does not change stays. */
function carryCorrection(desk: CanvasDesk): void {
  const object = desk.chosenObject;
  if (!desk.editable || !object || desk.runs.obstacle !== null) return;
  followStarted(desk);
  desk.runs.correct(object.id, desk.frame);
}
