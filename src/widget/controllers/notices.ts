import type { EngineView, NoticeView } from '../../protocol';
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
}

/** What the strips are made from. */
export interface NoticeSources {
  readonly connection: Connection;
  readonly engine: EngineView;
  readonly notice: NoticeView | null;
  /** Why nothing can be changed; null where it can. */
  readonly readOnly: string | null;
  /** Where the work is kept, in words. */
  readonly saving: string;
  /** The last request that failed. */
  readonly failure: { readonly key: string; readonly message: string } | null;
  readonly dismissed: ReadonlySet<string>;
}

/** The strips to show, the gravest first. */
export function noticesOf(sources: NoticeSources): Notice[] {
  const { connection, engine, notice, readOnly, failure, dismissed } = sources;
  if (connection === 'gone') return [kernelGone(sources.saving)];
  const notices: Notice[] = [];
  if (readOnly) notices.push(onlyToLook(readOnly));
  if (failure) notices.push(said(failure.key, 'error', failure.message));
  if (notice) notices.push(said(`kernel-${notice.id}`, notice.level, notice.message));
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
  return { ...said('read-only', 'warning', `${why.replace(/[.]$/, '')}.`), dismissable: false };
}

/** The first sentence is the title. */
function said(key: string, level: Notice['level'], message: string): Notice {
  const end = /[.!?](?=\s)/.exec(message);
  const cut = end ? end.index + 1 : message.length;
  return { key, level, title: message.slice(0, cut), text: message.slice(cut).trim(), dismissable: true };
}
