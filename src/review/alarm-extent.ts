import type { Alarm } from './alarm';
import type { FigureSource } from './frame-figures';
import { creepFrames } from './thresholds';

/** The frames that an alarm speaks of, ends inclusive. */
export function alarmExtent(source: FigureSource, alarm: Alarm): readonly [first: number, last: number] {
  const { frame } = alarm;
  if (alarm.span) return alarm.span;
  switch (alarm.sign) {
    case 'gone': {
      let last = frame;
      while (source.at(last + 1)?.area === 0) last++;
      return [frame, last];
    }
    case 'hole':
      return [alarm.before, alarm.after];
    case 'creep':
      return alarm.lastGood === null ? [frame, frame + creepFrames] : [alarm.lastGood + 1, frame];
    default:
      return [frame, frame];
  }
}
