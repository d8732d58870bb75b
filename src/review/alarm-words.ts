import type { AlarmKind } from '../annotation';
import type { Alarm } from './alarm';
import { creepFrames, thresholds } from './thresholds';

/** What a kind of alarm is called. */
export const alarmNames: Readonly<Record<AlarmKind, string>> = {
  absence: 'Absence',
  drift: 'Drift',
  swap: 'Swap',
  seam: 'Seam',
  disagreement: 'Disagreement',
};

/** What an alarm of a kind asks, in a sentence. */
export const alarmQuestions: Readonly<Record<AlarmKind, string>> = {
  absence: 'The object is gone from one frame to the next, or was left out.',
  drift: 'The mask jumps or creeps, by many times what is usual for the object.',
  swap: 'The mask is where another object was, or claims another’s pixels.',
  seam: 'Two blocks of a run disagree on the frame that they share.',
  disagreement: 'A check from the other side came to another mask.',
};

/** Names an object in a sentence. */
export type NameOf = (objectId: string) => string;

/** The evidence of an alarm, in a sentence with its figures. */
export function alarmEvidence(alarm: Alarm, nameOf: NameOf): string {
  const { before, after, frame } = alarm;
  const other = alarm.otherId === null ? '' : `“${nameOf(alarm.otherId)}”`;
  switch (alarm.sign) {
    case 'gone':
      return `Whole on frame ${grouped(frame - 1)} (${grouped(before)} px), gone on the next.`;
    case 'hole':
      return `No mask here, between frames that have one.`;
    case 'area':
      return `Area ${factor(before, after)} from one frame to the next: ${usual(alarm, thresholds.areaJump)}.`;
    case 'place':
      return `Centre moved ${grouped(Math.round(after))} px in one frame: ${usual(alarm, thresholds.placeJump)} off its course.`;
    case 'creep':
      return `Area ${factor(before, after)} over ${creepFrames} frames: ${usual(alarm, thresholds.creep)}.`;
    case 'taken':
      return `More like ${other} on the frame before (IoU ${share(after)}) than like itself (${share(before)}).`;
    case 'shared':
      return `Claims the same pixels as ${other}: ${Math.round(after * 100)} % of the smaller of the two.`;
    case 'seam':
      return `Two blocks agree here by IoU ${share(after)}.`;
    case 'disagreement':
      return `A check from the other side agrees by IoU ${share(after)}.`;
  }
}

/** A number with its thousands apart, as `12 345`. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function share(value: number): string {
  return value.toFixed(2);
}

function factor(before: number, after: number): string {
  return `×${(after / before).toFixed(after / before < 0.1 ? 2 : 1)} (${grouped(before)} to ${grouped(after)} px)`;
}

function usual({ strength }: Alarm, threshold: number): string {
  return `${(strength * threshold).toFixed(1)} times what is usual`;
}
