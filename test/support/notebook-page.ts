import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import type { NotebookApp } from './jupyter-lab';

/** Starts a real Chromium. */
export function startChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error('there is no Chromium: install it or set CHROMIUM_PATH');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Makes `window.notebookPanel` the page's notebook, also while another widget of JupyterLab is the current one. */
function findNotebookPanel(): void {
  Object.defineProperty(window, 'notebookPanel', {
    get: () => {
      const { jupyterapp } = window as unknown as Partial<LabWindow>;
      return jupyterapp && [...jupyterapp.shell.widgets('main')].find((one) => 'sessionContext' in one);
    },
  });
}

/** A notebook open in JupyterLab, and Masklet's canvas in it. */
export class NotebookPage {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(
    browser: Browser,
    url: string,
    notebook: string,
    app: NotebookApp = 'lab',
    workspace = 'default',
  ): Promise<NotebookPage> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    const opened = new NotebookPage(page);
    await page.addInitScript(findNotebookPanel);
    const lab = `${url}/lab${workspace === 'default' ? '' : `/workspaces/${workspace}`}`;
    await page.goto(app === 'lab' ? `${lab}/tree/${notebook}?reset` : `${url}/notebooks/${notebook}`);
    await opened.waitForKernel();
    return opened;
  }

  async waitForKernel(): Promise<void> {
    await this.page.waitForFunction(
      () => {
        return (
          (window as unknown as LabWindow).notebookPanel?.sessionContext?.session?.kernel?.status === 'idle'
        );
      },
      null,
      { timeout: 60_000 },
    );
  }

  async save(): Promise<void> {
    await this.page.evaluate(async () => {
      const { shell, commands } = (window as unknown as LabWindow).jupyterapp;
      shell.activateById((window as unknown as LabWindow).notebookPanel!.id);
      await commands.execute('docmanager:save');
    });
  }

  /** Shows a cell's output in a view of its own beside the notebook, as its menu does. */
  async showInNewView(index: number): Promise<void> {
    await this.page.evaluate(async (at) => {
      const { shell, commands } = (window as unknown as LabWindow).jupyterapp;
      const panel = (window as unknown as LabWindow).notebookPanel!;
      panel.content.activeCellIndex = at;
      await commands.execute('notebook:create-output-view');
      shell.activateById(panel.id);
    }, index);
  }

  /** How often a cell has been run, as its prompt counts. */
  executionCount(index: number): Promise<number> {
    return this.page.evaluate((at) => {
      const panel = (window as unknown as LabWindow).notebookPanel!;
      return panel.content.widgets[at]!.model.executionCount ?? 0;
    }, index);
  }

  /** Has the kernel's connection tried at once, not when JupyterLab's next try is due. */
  async reconnectKernel(): Promise<void> {
    await this.page.evaluate(async () => {
      const panel = (window as unknown as LabWindow).notebookPanel!;
      await panel.sessionContext!.session!.kernel!.reconnect();
    });
  }

  async restartKernel(): Promise<void> {
    await this.page.evaluate(async () => {
      const panel = (window as unknown as LabWindow).notebookPanel!;
      await panel.sessionContext!.session!.kernel!.restart();
    });
  }

  async reload(): Promise<void> {
    await this.save();
    await this.page.reload();
    await this.waitForKernel();
  }

  /** Runs a cell by its place in the notebook; resolves when it has ended. */
  async runCell(index: number): Promise<string> {
    await this.startCell(index, true);
    return this.output(index);
  }

  /** Starts a cell; waits for its end only when asked to. */
  async startCell(index: number, wait = false): Promise<void> {
    await this.page.evaluate(
      async ([at, waiting]) => {
        const { shell, commands } = (window as unknown as LabWindow).jupyterapp;
        const panel = (window as unknown as LabWindow).notebookPanel!;
        const notebook = panel.content;
        shell.activateById(panel.id);
        notebook.activeCellIndex = at;
        notebook.deselectAll();
        notebook.mode = 'command';
        const run = commands.execute('notebook:run-cell');
        if (waiting) await run;
      },
      [index, wait] as const,
    );
  }

  /** Puts a new cell at the end and runs it; resolves with what it printed. */
  async runCode(source: string): Promise<string> {
    const index = await this.page.evaluate((text) => {
      const panel = (window as unknown as LabWindow).notebookPanel!;
      const { model } = panel.content;
      model.sharedModel.addCell({ cell_type: 'code', source: text });
      return model.cells.length - 1;
    }, source);
    return this.runCell(index);
  }

  /** How many cells there are, and whether all changes are saved. */
  notebook(): Promise<{ readonly cells: number; readonly saved: boolean }> {
    return this.page.evaluate(() => {
      const { context, content } = (window as unknown as LabWindow).notebookPanel!;
      return { cells: content.model.cells.length, saved: !context.model.dirty };
    });
  }

  /** Gives the keys to the notebook, in command mode at a cell that has no canvas. */
  async focusCell(index: number): Promise<void> {
    await this.page.evaluate((at) => {
      const { shell } = (window as unknown as LabWindow).jupyterapp;
      const { id, content } = (window as unknown as LabWindow).notebookPanel!;
      shell.activateById(id);
      content.activeCellIndex = at;
      content.deselectAll();
      content.mode = 'command';
      content.activate();
    }, index);
    await this.page.waitForFunction(() => {
      const { node } = (window as unknown as LabWindow).notebookPanel!.content;
      const { activeElement } = document;
      return node.contains(activeElement) && activeElement?.tagName !== 'MASKLET-WORKBENCH';
    });
  }

  /** Gives the keys to the canvas in the notebook. */
  async focusCanvas(): Promise<void> {
    const stage = this.page.locator('.jp-NotebookPanel masklet-stage').first();
    await stage.scrollIntoViewIfNeeded();
    await stage.locator('canvas').first().focus();
  }

  /** Everything a cell printed and shows, as text. */
  output(index: number): Promise<string> {
    return this.page.evaluate((at) => {
      const panel = (window as unknown as LabWindow).notebookPanel!;
      const outputs = panel.content.widgets[at]!.model.outputs.toJSON();
      return outputs
        .map((one) => (one.text === undefined ? JSON.stringify(one.data) : [one.text].flat().join('')))
        .join('');
    }, index);
  }

  /** Waits until the canvas is there and shows a picture. */
  async waitForCanvas(): Promise<void> {
    await this.page.locator('masklet-workbench').first().waitFor({ timeout: 30_000 });
    await this.page.waitForFunction(
      () => {
        const workbench = document.querySelector<WorkbenchElement>('masklet-workbench');
        return Boolean(workbench?.desk?.picture);
      },
      null,
      { timeout: 30_000 },
    );
  }

  /** Clicks a pixel of the video on the canvas. */
  async clickPixel(x: number, y: number, button: 'left' | 'right' = 'left'): Promise<void> {
    await this.page.locator('masklet-stage').first().scrollIntoViewIfNeeded();
    const at = await this.page.evaluate(
      (pixel) => {
        const stage = document
          .querySelector('masklet-workbench')!
          .shadowRoot!.querySelector<StageElement>('masklet-stage')!;
        return stage.clientPlace(pixel);
      },
      { x, y },
    );
    await this.page.mouse.click(at.x, at.y, { button });
  }

  /** The colour the canvas shows at a pixel of the video: red, green, blue. */
  colorAt(pixel: { x: number; y: number }): Promise<number[]> {
    return this.page.evaluate((at) => {
      const { shadowRoot } = document.querySelector('masklet-workbench')!;
      const stage = shadowRoot!.querySelector<StageElement>('masklet-stage')!;
      const canvas = stage.shadowRoot!.querySelector('canvas')!;
      const box = canvas.getBoundingClientRect();
      const place = stage.clientPlace(at);
      const x = ((place.x - box.left) / box.width) * canvas.width;
      const y = ((place.y - box.top) / box.height) * canvas.height;
      return [...canvas.getContext('2d')!.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)];
    }, pixel);
  }

  /** Waits until the canvas shows a colour at a pixel of the video. */
  async waitForColor(pixel: { x: number; y: number }, color: readonly number[]): Promise<void> {
    const end = Date.now() + 20_000;
    for (;;) {
      const seen = await this.colorAt(pixel);
      if (seen.join() === color.join()) return;
      if (Date.now() > end)
        throw new Error(`the canvas shows ${seen.join()} at ${pixel.x}, ${pixel.y}, not ${color.join()}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** What the canvas knows: the synced state of the model. */
  state(): Promise<CanvasState> {
    return this.page.evaluate(() => {
      const workbench = document.querySelector<WorkbenchElement>('masklet-workbench')!;
      return JSON.parse(JSON.stringify(workbench.desk!.state)) as CanvasState;
    });
  }

  /** Waits until the canvas's state fits. */
  async waitForState(
    what: string,
    fits: (state: CanvasState) => boolean,
    timeout = 90_000,
  ): Promise<CanvasState> {
    const end = Date.now() + timeout;
    for (;;) {
      const state = await this.state();
      if (fits(state)) return state;
      if (Date.now() > end)
        throw new Error(`the canvas never came to: ${what}; ${JSON.stringify(state).slice(0, 1500)}`);
      await this.page.waitForTimeout(100);
    }
  }
}

/** What the tests read of the canvas's state. */
export interface CanvasState {
  readonly history: { readonly undo: string | null; readonly redo: string | null };
  readonly document: {
    readonly version: number;
    readonly barriers: readonly number[];
    readonly classes: readonly { readonly id: string; readonly name: string }[];
    readonly objects: readonly {
      readonly id: string;
      readonly name: string;
      readonly classId: string | null;
    }[];
    readonly features: readonly { readonly id: string; readonly name: string }[];
    readonly featureChanges: readonly { readonly frame: number; readonly value: unknown }[];
    readonly locks: readonly { readonly objectId: string; readonly first: number; readonly last: number }[];
    readonly absences: readonly {
      readonly objectId: string;
      readonly first: number;
      readonly last: number;
    }[];
    readonly prompts: readonly {
      readonly kind: string;
      readonly frame: number;
      readonly positive?: boolean;
    }[];
  };
  readonly coverage: readonly {
    readonly runs: readonly { readonly first: number; readonly last: number; readonly kind: string }[];
  }[];
  readonly run: {
    readonly id: string;
    readonly done: number;
    readonly total: number;
    readonly checks?: true;
  } | null;
  readonly waitingRuns: readonly { readonly id: string }[];
  readonly engine: { readonly state: string; readonly name: string; readonly model: string };
  readonly models: { readonly entries: readonly { readonly name: string }[] };
  readonly notice: { readonly message: string } | null;
  readonly place: { readonly frame: number };
  readonly review: {
    readonly alarms: readonly { readonly kind: string; readonly objectId: string; readonly frame: number }[];
    readonly pending: number;
    readonly checked: number;
  };
}

interface WorkbenchElement extends HTMLElement {
  readonly desk: { readonly state: unknown; readonly picture: unknown } | null;
}

interface StageElement extends HTMLElement {
  clientPlace(pixel: { x: number; y: number }): { x: number; y: number };
}

interface LabWindow {
  readonly jupyterapp: LabApp;
  readonly notebookPanel?: NotebookPanel;
}

interface LabApp {
  readonly commands: { execute(name: string): Promise<unknown> };
  readonly shell: {
    activateById(id: string): void;
    widgets(area: string): Iterable<NotebookPanel>;
  };
}

interface NotebookPanel {
  readonly id: string;
  readonly sessionContext?: {
    readonly session?: {
      readonly kernel?: { readonly status: string; restart(): Promise<void>; reconnect(): Promise<void> };
    };
  };
  readonly context: { readonly model: { readonly dirty: boolean } };
  readonly content: {
    readonly node: HTMLElement;
    activeCellIndex: number;
    mode: string;
    activate(): void;
    deselectAll(): void;
    readonly model: {
      readonly cells: { readonly length: number };
      readonly sharedModel: { addCell(cell: { cell_type: string; source: string }): void };
    };
    readonly widgets: readonly {
      readonly model: {
        readonly executionCount?: number | null;
        readonly outputs: { toJSON(): { text?: string | string[]; data?: unknown }[] };
      };
    }[];
  };
}
