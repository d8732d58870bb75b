import { duration } from '../session';
import type { Run, RunSummary } from '../session';
import type { Output } from './output';

/** Shows how far a run is, and answers with what came of it. */
export async function followRun(run: Run, output: Output): Promise<RunSummary> {
  for await (const { done, total, secondsLeft } of run) {
    const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
    output.progress({ what: 'frames', done, total, text: `${done} of ${total} frames${left}` });
  }
  output.end();
  return run;
}
