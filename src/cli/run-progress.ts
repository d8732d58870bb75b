import { duration } from '../session';
import type { Run, RunStep, RunSummary } from '../session';
import { counted } from './counted';
import type { Output } from './output';

/** What is told of every run and check as it goes. */
type Progress = Pick<RunStep, 'done' | 'total' | 'secondsLeft'>;

/** Shows how far a run or a check is, and answers with what came of it. */
export async function followRun<R>(run: Run<Progress, R>, output: Output): Promise<R> {
  for await (const { done, total, secondsLeft } of run) {
    const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
    output.progress({ what: 'frames', done, total, text: `${done} of ${total} frames${left}` });
  }
  output.end();
  return run;
}

/** What a run came to, in words; `where` follows the frames, such as ` in birds.masklet`. */
export function runWords({ id, masks, frames, seconds }: RunSummary, where = ''): string {
  return `${id}: ${counted(masks, 'mask')} on ${counted(frames, 'frame')}${where}${paceWords({ frames, seconds })}`;
}

/** How quick a run was, to be put behind what it came to; nothing where no frame was computed. */
export function paceWords({ frames, seconds }: Pick<RunSummary, 'frames' | 'seconds'>): string {
  return frames > 0 ? `, ${(seconds / frames).toFixed(2)} seconds per frame` : '';
}
