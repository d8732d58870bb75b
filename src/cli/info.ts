import type { Command } from 'commander';
import type {
  AnnotationDocument,
  DocumentSettings,
  FeatureRecord,
  History,
  ObjectRecord,
  RunRecord,
} from '../annotation';
import { readSessionFile, requireSession, SessionFolder } from '../session';
import type { SavedVideo, SessionFile } from '../session';
import { counted } from './counted';
import { sessionSources } from './open-session';
import { Output } from './output';

const examples = `
Examples:
  $ masklet info birds.masklet
  $ masklet info birds.masklet --json`;

/** Adds `masklet info`. */
export function registerInfoCommand(program: Command): void {
  program
    .command('info')
    .summary('what a session holds')
    .description(
      'Says what a session holds: objects, frames with masks, prompts, features, runs, what can be undone. Its video is not needed.',
    )
    .argument('<session>', 'the session’s folder')
    .option('--json', 'for machines')
    .addHelpText('after', examples)
    .action(infoCommand);
}

async function infoCommand(path: string, flags: { readonly json?: boolean }): Promise<void> {
  requireSession(path);
  const output = new Output(flags);
  const file = readSessionFile(path);
  const { folder, document, history, notices } = await SessionFolder.open(path, sessionSources(), true);
  try {
    notices.forEach((one) => output.notice(one));
    const about = aboutSession(file, document, history);
    output.result(about, infoText(about));
  } finally {
    await folder.close();
  }
}

/** What `masklet info --json` gives. */
interface SessionInfo {
  readonly video: Pick<SavedVideo, 'name' | 'path' | 'range' | 'every' | 'width' | 'height' | 'frameCount'>;
  readonly model: string | null;
  readonly settings: DocumentSettings;
  readonly classes: readonly string[];
  readonly objects: readonly ObjectInfo[];
  readonly features: readonly Pick<FeatureRecord, 'name' | 'type' | 'options'>[];
  readonly lockedFrames: readonly number[];
  readonly runs: number;
  readonly runRecords: readonly RunRecord[];
  /** What undo would take back, in words. */
  readonly undo: string | null;
  readonly redo: string | null;
}

interface ObjectInfo extends Pick<ObjectRecord, 'number' | 'name' | 'color' | 'hidden'> {
  readonly class: string | null;
  readonly framesWithMask: number;
  readonly prompts: number;
  /** Ranges, both ends included. */
  readonly locks: readonly (readonly [number, number])[];
  readonly absences: readonly (readonly [number, number])[];
}

function aboutSession(
  { video: saved, model }: SessionFile,
  document: AnnotationDocument,
  history: History,
): SessionInfo {
  const { name, width, height, frameCount } = document.video;
  const objects = document.objects.map(({ id, name: called, number, classId, color, hidden }) => ({
    number,
    name: called,
    class: document.classes.find((one) => one.id === classId)?.name ?? null,
    color,
    hidden,
    framesWithMask: document.track(id).size,
    prompts: document.prompts.filter((one) => one.objectId === id).length,
    locks: ranges(document.locks, id),
    absences: ranges(document.absences, id),
  }));
  return {
    video: { name, path: saved.path, range: saved.range, every: saved.every, width, height, frameCount },
    model: model?.name ?? null,
    settings: document.settings,
    classes: document.classes.map((one) => one.name),
    objects,
    features: document.features.map((one) => ({ name: one.name, type: one.type, options: one.options })),
    lockedFrames: document.barriers,
    runs: document.runs.length,
    runRecords: document.runs,
    undo: history.undoable?.label ?? null,
    redo: history.redoable?.label ?? null,
  };
}

function ranges(
  records: readonly { readonly objectId: string; readonly first: number; readonly last: number }[],
  id: string,
): (readonly [number, number])[] {
  return records.filter((one) => one.objectId === id).map((one) => [one.first, one.last] as const);
}

function infoText({ video, model, objects, features, runs, undo }: SessionInfo): string {
  const lines = objects.map(
    (one) =>
      `  ${one.number} ${one.name}${one.class === null ? '' : ` (${one.class})`}: masks on ${one.framesWithMask} of ${video.frameCount} frames, ${counted(one.prompts, 'prompt')}`,
  );
  return [
    `${video.name}: ${video.frameCount} frames of ${video.width} × ${video.height}`,
    `${counted(objects.length, 'object')}, ${counted(runs, 'run')}, model: ${model ?? 'none yet'}`,
    ...lines,
    ...(features.length === 0 ? [] : [`Features: ${features.map((one) => one.name).join(', ')}`]),
    ...(undo === null ? [] : [`Undo would take back: ${undo}`]),
    '',
  ].join('\n');
}
