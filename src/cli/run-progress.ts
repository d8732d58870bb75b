import { duration } from '../session';
import type { Run, RunStep } from '../session';
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
