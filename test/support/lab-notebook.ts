import type { Browser } from 'playwright-core';
import { JupyterLab } from './jupyter-lab';
import { NotebookPage, startChromium } from './notebook-page';

const quickstart = '01-quickstart.ipynb';

/** A real JupyterLab in a real Chromium, with the canvas of one of its notebooks on the page. */
export class LabNotebook {
  readonly lab: JupyterLab;
  readonly browser: Browser;
  readonly page: NotebookPage;

  private constructor(lab: JupyterLab, browser: Browser, page: NotebookPage) {
    this.lab = lab;
    this.browser = browser;
    this.page = page;
  }

  /** Opens a notebook of these cells under a name and runs the first, which shows a canvas. */
  static of(name: string, cells: readonly string[]): Promise<LabNotebook> {
    return LabNotebook.#start(name, 0, (lab) => lab.write(name, quickstart, cells));
  }

  /** Opens the quickstart and runs its first cell. */
  static ofQuickstart(): Promise<LabNotebook> {
    return LabNotebook.#start(quickstart, 1, () => undefined);
  }

  static async #start(name: string, first: number, prepare: (lab: JupyterLab) => void): Promise<LabNotebook> {
    const lab = await JupyterLab.start(quickstart);
    let browser: Browser | null = null;
    try {
      prepare(lab);
      browser = await startChromium();
      const page = await NotebookPage.open(browser, lab.url, name);
      await page.runCell(first);
      await page.waitForCanvas();
      return new LabNotebook(lab, browser, page);
    } catch (error) {
      await browser?.close();
      await lab.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.lab.stop();
  }
}
