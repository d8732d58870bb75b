import { isMaskletError } from '../../errors';
import type { EnginePair } from '../../session';
import { counted } from '../counted';
import type { Output } from '../output';
import { Signals } from '../signals';
import type { Sequence } from './dataset';
import { evaluateSequence } from './evaluate-sequence';
import type { EvaluatedSequence, EvaluationPlan } from './evaluate-sequence';
import type { HtmlReport } from './report-html';

/**
 * Works on one sequence after the other. One that cannot be evaluated does not take the others along: it is told, and so
 * does the exit code. A signal ends the sequence in hand; what was found of those before it is the answer. One sequence by
 * itself rejects.
 */
export async function evaluateAll(
  sequences: readonly Sequence[],
  plan: EvaluationPlan,
  engines: EnginePair,
  html: HtmlReport | null,
  output: Output,
): Promise<EvaluatedSequence[]> {
  const results: EvaluatedSequence[] = [];
  let stop = (): void => undefined;
  const stopped = new Promise<null>((resolve) => (stop = (): void => resolve(null)));
  const signals = new Signals(() => stop());
  try {
    for (const sequence of sequences) {
      try {
        const work = evaluateOne(sequence, plan, engines, html, output);
        const result = await Promise.race([work, stopped]);
        if (!result) {
          // Nobody waits for it any more; it ends with the engines.
          work.catch(() => undefined);
          break;
        }
        results.push(result);
      } catch (error) {
        if (sequences.length === 1 || !isMaskletError(error)) throw error;
        output.notice(`The sequence “${sequence.name}” is not in the table: ${error.message}`);
        process.exitCode = 1;
      }
    }
    if (signals.seen !== null) {
      output.notice(`Stopped: ${results.length} of ${counted(sequences.length, 'sequence')} evaluated.`);
      process.exitCode = signals.exitCode;
    }
    return results;
  } finally {
    signals.dispose();
  }
}

async function evaluateOne(
  sequence: Sequence,
  plan: EvaluationPlan,
  engines: EnginePair,
  html: HtmlReport | null,
  output: Output,
): Promise<EvaluatedSequence> {
  const worked = await evaluateSequence(sequence, plan, engines, (text, share) =>
    output.progress({ what: text, done: Math.round(100 * share), total: 100, text }),
  );
  try {
    await html?.add(worked);
    return worked.result;
  } finally {
    await worked.session.dispose();
    await worked.video.dispose();
  }
}
