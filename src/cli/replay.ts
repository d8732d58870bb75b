import type { Command } from 'commander';
import { parseProvider } from '../engine/models';
import { EnginePair, openVideoPath, replaySession, requireSession, sessionVideo } from '../session';
import type { ReplayReport } from '../session';
import { Output } from './output';
import { wholeNumber } from './whole-number';

const examples = `
Examples:
  $ masklet replay birds.masklet
  $ masklet replay birds.masklet --json > report.json

Every prompt, edit and run of the session's log is done again, and each mask is compared with the one that is
stored. On the machine that made them, with the same model and provider, all are the same to the pixel. Nothing in the
session is changed. Exit codes: 0 all masks are the same, 1 some differ or the replay could not be done.`;

interface ReplayFlags {
  readonly video?: string;
  readonly provider?: string;
  readonly threads?: string;
  readonly json?: boolean;
}

/** Adds `masklet replay`. */
export function registerReplayCommand(program: Command): void {
  program
    .command('replay')
    .summary('computes a session’s masks again from its log, and compares')
    .description(
      'Does again what a session’s log says and reports how well the masks agree with those stored.',
    )
    .argument('<session>', 'the session’s folder')
    .option('--video <path>', 'where the video is now, when it is not where it was')
    .option('--provider <name>', 'what computes: auto, cpu, cuda, webgpu, coreml, dml', 'auto')
    .option('--threads <n>', 'threads of the model (default: all cores)')
    .option('--json', 'each frame’s IoU by object, for machines')
    .addHelpText('after', examples)
    .action(replayCommand);
}

async function replayCommand(path: string, flags: ReplayFlags): Promise<void> {
  requireSession(path);
  const saved = sessionVideo(path, flags.video);
  const engines = new EnginePair({
    ...(saved.model === null ? {} : { model: saved.model }),
    ...(saved.engine.settings ? { settings: saved.engine.settings } : {}),
    provider: parseProvider(flags.provider ?? 'auto'),
    ...(flags.threads === undefined ? {} : { threads: wholeNumber(flags.threads, '--threads') }),
  });
  const output = new Output(flags);
  try {
    const video = await openVideoPath(saved.path, saved.options, engines);
    const report = await replaySession(path, video, (done, total) =>
      output.progress({ what: 'entries', done, total, text: `${done} of ${total} entries of the log` }),
    );
    output.result(report, reportText(report));
    if (report.identical !== report.masks) process.exitCode = 1;
  } finally {
    output.end();
    await engines.dispose();
  }
}

function reportText({ frames, masks, identical, lowest, notes }: ReplayReport): string {
  const differing = frames.filter((one) => Object.values(one.ious).some((iou) => iou < 1));
  const shown = differing.slice(0, 20).map(({ frame, ious }) => {
    const words = Object.entries(ious).filter(([, iou]) => iou < 1);
    return `  frame ${frame}: ${words.map(([name, iou]) => `${name} ${iou.toFixed(4)}`).join(', ')}`;
  });
  const more =
    differing.length > shown.length ? [`  … and ${differing.length - shown.length} frames more`] : [];
  const result =
    identical === masks
      ? `All ${masks} masks on ${frames.length} frames are the same to the pixel (IoU 1.0).`
      : `${identical} of ${masks} masks are the same to the pixel; the lowest IoU is ${lowest.toFixed(4)}.`;
  return [result, ...shown, ...more, ...notes.map((note) => `Note: ${note}`), ''].join('\n');
}
