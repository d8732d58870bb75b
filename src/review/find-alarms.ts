import { alarmKinds } from '../annotation';
import { absenceAt, absenceReach } from './absence';
import { strongest } from './alarm';
import type { Alarm } from './alarm';
import { driftAt, driftReach } from './drift';
import type { FigureSource } from './frame-figures';
import { swapAt, swapReach, withoutEchoes } from './swap';
import { thresholds } from './thresholds';
import type { Thresholds } from './thresholds';

/** What looks at figures frame by frame; seams and checks are recorded by the runs that find them. */
const rules: readonly ((
  source: FigureSource,
  objectId: string,
  frame: number,
  limits: Thresholds,
) => Alarm | null)[] = [absenceAt, driftAt, swapAt];

/** How far from a frame that changed alarms may come and go. */
export const alarmReach: number = Math.max(absenceReach, driftReach, swapReach);

/** What the rules find of one object by looking at one frame; an alarm may stand at the frame before. */
export function alarmsAt(
  source: FigureSource,
  objectId: string,
  frame: number,
  limits: Thresholds = thresholds,
): Alarm[] {
  if (source.at(frame) === null && source.at(frame - 1) === null) return [];
  return rules.flatMap((rule) => rule(source, objectId, frame, limits) ?? []);
}

/** What the rules find of one object in the whole video, rising by frame looked at. */
export function findAlarms(source: FigureSource, objectId: string, limits: Thresholds = thresholds): Alarm[] {
  const frames = Array.from({ length: source.frameCount }, (_, frame) => frame);
  return frames.flatMap((frame) => alarmsAt(source, objectId, frame, limits));
}

/**
 * The alarms to show of what was found for several objects: of those that speak of the same only the strongest, in
 * order of frame, then kind, then as they were given.
 */
export function alarmList(byObject: readonly (readonly Alarm[])[]): Alarm[] {
  return inOrder(byObject.map(ownAlarms));
}

/** Of the alarms of one object those to show, in order of frame, then kind. */
export function ownAlarms(found: readonly Alarm[]): Alarm[] {
  return sorted(alarmKinds.flatMap((kind) => strongest(found.filter((one) => one.kind === kind))));
}

/** The alarms of several objects in order of frame, then kind, then as they were given. Quick where each list is in order. */
export function inOrder<T extends Alarm>(byObject: readonly (readonly T[])[]): T[] {
  return withoutEchoes(sorted(byObject.flat()));
}

const place = new Map(alarmKinds.map((kind, i) => [kind, i]));

/** By frame, then kind; alarms alike in both keep their order. */
function sorted<T extends Alarm>(alarms: readonly T[]): T[] {
  return [...alarms].sort((a, b) => a.frame - b.frame || place.get(a.kind)! - place.get(b.kind)!);
}
