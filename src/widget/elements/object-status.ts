import type { IconName } from '../theme';
import { counted, grouped } from '../theme';
import { distanceTo, kindAt } from '../timeline';
import type { Lane } from '../timeline';

/** What there is of an object on the frame in sight. */
export interface ObjectStatus {
  readonly icon: IconName | 'turning' | null;
  readonly text: string;
  /** The same in a sentence. */
  readonly title: string;
}

/** Where the status comes from. */
export interface StatusSources {
  readonly lane: Pick<Lane, 'runs' | 'prompted' | 'drawn' | 'locks'>;
  readonly frame: number;
  /** Its mask on this frame is being computed. */
  readonly computing: boolean;
  /** A run is going over it. */
  readonly tracked: boolean;
}

/** One object's state on a frame: a prompt here, so many frames from the nearest one, absent, locked, or nothing yet. */
export function objectStatus({ lane, frame, computing, tracked }: StatusSources): ObjectStatus {
  if (computing) return { icon: 'turning', text: 'computing', title: 'Its mask is being computed' };
  if (lane.prompted.includes(frame))
    return { icon: 'promptHere', text: 'prompt', title: 'Has a prompt on this frame' };
  if (lane.drawn.includes(frame))
    return { icon: 'pen', text: 'drawn', title: 'Its mask on this frame was given by hand' };
  if (tracked) return { icon: 'forward', text: 'tracking', title: 'A run is going over it' };
  const kind = kindAt(lane.runs, frame);
  if (kind === 'absent') return { icon: 'absent', text: 'absent', title: 'Not in the picture on this frame' };
  if (lane.locks.some(([first, last]) => first <= frame && frame <= last))
    return { icon: 'lock', text: 'locked', title: 'Locked on this frame: nothing changes its mask' };
  if (kind === null) return { icon: null, text: '', title: 'No mask on this frame yet' };
  const nearest = [distanceTo(lane.prompted, frame), distanceTo(lane.drawn, frame)].filter(
    (one) => one !== null,
  );
  if (nearest.length === 0) return { icon: null, text: 'mask', title: 'Has a mask on this frame' };
  const distance = Math.min(...nearest);
  return {
    icon: 'promptAway',
    text: grouped(distance),
    title: `${counted(distance, 'frame')} from the nearest prompt`,
  };
}
