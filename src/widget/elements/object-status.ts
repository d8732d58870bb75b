import type { CoverageRun, PromptRecord } from '../../annotation';
import type { IconName } from '../theme';
import { grouped } from '../theme';
import { kindAt } from '../timeline';

/** What there is of an object on the frame in sight. */
export interface ObjectStatus {
  readonly icon: IconName | 'turning' | null;
  readonly text: string;
  /** The same in a sentence. */
  readonly title: string;
}

/** Where the status comes from. */
export interface StatusSources {
  readonly prompts: readonly PromptRecord[];
  readonly runs: readonly CoverageRun[];
  readonly frame: number;
  /** Its mask on this frame is being computed. */
  readonly computing: boolean;
  /** A run is going over it. */
  readonly tracked: boolean;
}

/** One object's state on a frame: a prompt here, so many frames from the nearest one, absent, or nothing yet. */
export function objectStatus({ prompts, runs, frame, computing, tracked }: StatusSources): ObjectStatus {
  if (computing) return { icon: 'turning', text: 'computing', title: 'Its mask is being computed' };
  if (prompts.some((one) => one.frame === frame))
    return { icon: 'promptHere', text: 'prompt', title: 'Has a prompt on this frame' };
  if (tracked) return { icon: 'forward', text: 'tracking', title: 'A run is going over it' };
  const kind = kindAt(runs, frame);
  if (kind === 'absent') return { icon: 'absent', text: 'absent', title: 'Not in the picture on this frame' };
  if (kind === null) return { icon: null, text: '', title: 'No mask on this frame yet' };
  const distance = Math.min(...prompts.map((one) => Math.abs(one.frame - frame)));
  if (distance === Infinity) return { icon: null, text: 'mask', title: 'Has a mask on this frame' };
  return {
    icon: 'promptAway',
    text: grouped(distance),
    title: `${grouped(distance)} frames from the nearest prompt`,
  };
}
