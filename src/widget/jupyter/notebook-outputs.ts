import type { Unsubscribe } from '../link';

/** What of a notebook's page is used: JupyterLab's and Notebook 7's shells have the same. */
export interface Shell {
  widgets(area: 'main'): Iterable<unknown>;
}

interface Signal<T> {
  connect(slot: (sender: unknown, value: T) => void): unknown;
  disconnect(slot: (sender: unknown, value: T) => void): unknown;
}

interface Output {
  readonly output_type?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface SharedCell {
  getOutputs?(): Output[];
  updateOutputs?(start: number, end: number, outputs: Output[], origin: string): void;
}

interface Panel {
  readonly context?: { readonly path?: string; readonly saveState?: Signal<string> };
  readonly sessionContext?: {
    readonly session?: { readonly kernel?: { readonly id?: string } | null } | null;
  };
  readonly content?: {
    readonly widgets?: readonly { readonly model?: { readonly sharedModel?: SharedCell } }[];
  };
}

/** A picture for readers without a kernel, base64. */
export interface Preview {
  readonly type: 'image/jpeg' | 'image/png';
  readonly data: string;
}

const viewType = 'application/vnd.jupyter.widget-view+json';
/** Changes of this origin are kept in the notebook and told to nobody, so that the live view stays as it is. */
const silent = 'silent-change';

/** The outputs of open notebooks that show a canvas. */
export class NotebookOutputs {
  readonly #shell: Shell | null;

  constructor(shell: Shell | null) {
    this.#shell = shell;
  }

  /** Puts a picture beside every output that shows this model, for the saved notebook. Answers with how many there were. */
  keep(modelId: string, { type, data }: Preview): number {
    let kept = 0;
    for (const panel of this.#panels())
      for (const cell of panel.content?.widgets ?? []) {
        const shared = cell.model?.sharedModel;
        shared?.getOutputs?.().forEach((output, i) => {
          if (!shows(output, modelId) || !shared.updateOutputs) return;
          shared.updateOutputs(i, i + 1, [{ ...output, data: { ...output.data, [type]: data } }], silent);
          kept++;
        });
      }
    return kept;
  }

  /** Where the notebook of a kernel lies, as the server names it; null where none is open. */
  notebookOf(kernelId: string | null): string | null {
    for (const { context, sessionContext } of this.#panels())
      if (kernelId !== null && sessionContext?.session?.kernel?.id === kernelId) return context?.path ?? null;
    return null;
  }

  /** Calls before any open notebook is saved. */
  onSave(listener: () => void): Unsubscribe {
    const slot = (_: unknown, state: string): void => {
      if (state === 'started') listener();
    };
    const signals = [...this.#panels()].flatMap((panel) => panel.context?.saveState ?? []);
    signals.forEach((signal) => signal.connect(slot));
    return () => signals.forEach((signal) => signal.disconnect(slot));
  }

  *#panels(): Generator<Panel> {
    for (const widget of this.#shell?.widgets('main') ?? []) yield widget as Panel;
  }
}

function shows({ data }: Output, modelId: string): boolean {
  return (data?.[viewType] as { readonly model_id?: string } | undefined)?.model_id === modelId;
}
