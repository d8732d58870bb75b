import type { EngineView, ExportView, ModelsView, NoticeView } from '../../protocol';
import type { Command } from '../commands';
import type { Connection } from '../link';

/** A strip above the picture. */
export interface Notice {
  readonly key: string;
  readonly level: NoticeView['level'];
  /** What happened, in bold. */
  readonly title: string;
  /** What was kept and what to do. */
  readonly text: string;
  /** False for what is true until it changes by itself. */
  readonly dismissable: boolean;
  /** What can be done about it, as a button. */
  readonly action?: { readonly words: string; readonly command: Command };
  /** How far something is, 0 to 1. */
  readonly share?: number;
}

/** What the strips are made from. */
export interface NoticeSources {
  readonly connection: Connection;
  readonly engine: EngineView;
  readonly notice: NoticeView | null;
  /** Why nothing can be changed; null where it can. */
  readonly readOnly: string | null;
  /** The session's folder, where whoever kept others from changing it is gone. */
  readonly takeOver: string | null;
  readonly models: ModelsView;
  /** Where the work is kept, in words. */
  readonly saving: string;
  readonly exporting: ExportView | null;
  /** What this view says: the last request that failed, or what became of the last export. */
  readonly said: { readonly key: string; readonly level: Notice['level']; readonly message: string } | null;
  readonly dismissed: ReadonlySet<string>;
}

/** The strips to show, the gravest first. */
export function noticesOf(sources: NoticeSources): Notice[] {
  const { connection, engine, notice, readOnly, dismissed, models } = sources;
  if (connection === 'gone') return [kernelGone(sources.saving)];
  const notices: Notice[] = [];
  // The kernel's own sentence about it says what to do besides; then it stands for both.
  const told = readOnly !== null && notice !== null && notice.message.includes(readOnly);
  if (sources.takeOver !== null) notices.push(free);
  else if (readOnly !== null) notices.push(onlyToLook(told ? notice.message : readOnly));
  if (sources.said) notices.push(said(sources.said.key, sources.said.level, sources.said.message));
  if (notice && !told) notices.push(said(`kernel-${notice.id}`, notice.level, notice.message));
  if (models.adding) notices.push(adding(models, engine.model));
  if (sources.exporting) notices.push(exporting(sources.exporting));
  if (engine.state === 'failed' && notice?.level !== 'error') notices.push(engineFailed);
  if (connection === 'slow') notices.push(kernelSlow);
  if (connection === 'lost') notices.push(connectionLost(sources.saving));
  if (engine.state === 'starting') notices.push(engineStarting(engine.model));
  return notices.filter((one) => !dismissed.has(one.key));
}

/** What was saved is said, and what to do. */
function kernelGone(saving: string): Notice {
  const kept = saving === '' || /memory/.test(saving) ? 'What was in memory only went with it' : saving;
  return {
    key: 'gone',
    level: 'warning',
    title: 'The kernel is gone.',
    text: `You can go on looking at what has been loaded; editing is off. ${kept}. Start the kernel and run the cell to go on.`,
    dismissable: false,
  };
}

const kernelSlow: Notice = {
  key: 'slow',
  level: 'info',
  title: 'The kernel is busy.',
  text: 'It has not answered for some seconds. What you do now is done when it comes back.',
  dismissable: false,
};

/** What was done before is with the kernel, which goes on; what is done now waits in the page. */
function connectionLost(saving: string): Notice {
  const kept = saving === '' || /memory/.test(saving) ? '' : ` ${saving}.`;
  return {
    key: 'lost',
    level: 'warning',
    title: 'The connection to the kernel is lost.',
    text: `It is tried again; what you do now waits in this page.${kept} If it does not come back, see that Jupyter runs and reload the page.`,
    dismissable: false,
  };
}

const engineFailed: Notice = {
  key: 'engine-failed',
  level: 'error',
  title: 'The model could not be started.',
  text: 'Prompts and masks are kept. Run the cell again, or see “npx masklet doctor”.',
  dismissable: false,
};

function engineStarting(model: string): Notice {
  return {
    key: 'engine-starting',
    level: 'info',
    title: `${model === '' ? 'The model' : model} is starting.`,
    text: 'Look through the video and set prompts now; masks appear when it is ready.',
    dismissable: false,
  };
}

function onlyToLook(why: string): Notice {
  const sentence = /^\p{Ll}/u.test(why) ? `To look at only: ${why}` : why;
  return { ...said('read-only', 'warning', `${sentence.replace(/[.]$/, '')}.`), dismissable: false };
}

const free: Notice = {
  key: 'free',
  level: 'info',
  title: 'Whoever had this session open is gone.',
  text: 'Open it here to go on with it.',
  dismissable: false,
  action: { words: 'Open here', command: { do: 'take-over' } },
};

const stages = { downloading: 'Fetching', converting: 'Converting', testing: 'Testing' } as const;

/** A model on its way: how far it is, and that nobody has to wait for it. */
function adding({ adding: one, entries }: ModelsView, model: string): Notice {
  const { name, stage, share } = one!;
  const entry = entries.find((other) => other.name === name);
  const bytes = entry?.downloadBytes ?? null;
  const megabytes = (part: number): string => String(Math.round(part / 1e6));
  const size =
    stage === 'downloading' && bytes !== null
      ? `${megabytes(bytes * share)} of ${megabytes(bytes)} MB`
      : `${Math.round(share * 100)} %`;
  const licence = entry ? ` Licence ${entry.licence}, checked by SHA-256.` : '';
  return {
    key: 'adding',
    level: 'info',
    title: `${stages[stage]} ${entry?.title ?? name}: ${size}.`,
    text: `${model === '' ? 'The work' : model} goes on meanwhile.${licence}`,
    dismissable: false,
    action: { words: 'Stop', command: { do: 'stop-adding' } },
    share,
  };
}

function exporting({ title, share }: ExportView): Notice {
  return {
    key: 'exporting',
    level: 'info',
    title: `Exporting ${title}: ${Math.floor(share * 100)} %.`,
    text: 'Work goes on meanwhile: each mask is exported as it is when its turn comes.',
    dismissable: false,
    action: { words: 'Cancel', command: { do: 'cancel-export' } },
    share,
  };
}

/** The first sentence is the title. */
function said(key: string, level: Notice['level'], message: string): Notice {
  const end = /[.!?](?=\s)/.exec(message);
  const cut = end ? end.index + 1 : message.length;
  return { key, level, title: message.slice(0, cut), text: message.slice(cut).trim(), dismissable: true };
}
