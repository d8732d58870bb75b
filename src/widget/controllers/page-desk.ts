import { isMaskletError } from '../../errors';
import type { FormatView } from '../../protocol';
import type { PageId } from '../commands';
import type { RequestOf, RequestSender } from '../link';

/** What became of the last thing that a page asked for. */
export interface PageOutcome {
  readonly good: boolean;
  readonly words: string;
}

/** What the pages need of the canvas. */
export interface PagePort {
  readonly request: RequestSender;
  /** Says what became of something whose page was closed meanwhile. */
  told(outcome: PageOutcome): void;
  changed(): void;
}

/** The page that lies over the canvas, and what was asked for on it: exporting, saving elsewhere, starting over, closing. */
export class PageDesk {
  readonly #port: PagePort;
  #page: PageId | null = null;
  #formats: readonly FormatView[] | null = null;
  #busy = false;
  #outcome: PageOutcome | null = null;

  constructor(port: PagePort) {
    this.#port = port;
  }

  /** The page that is open; null while the canvas is free. */
  get page(): PageId | null {
    return this.#page;
  }

  /** The formats of an export; empty until the kernel has said them. */
  get formats(): readonly FormatView[] {
    return this.#formats ?? [];
  }

  /** True while what was asked for is being done. */
  get busy(): boolean {
    return this.#busy;
  }

  get outcome(): PageOutcome | null {
    return this.#outcome;
  }

  open(page: PageId): void {
    this.#page = page;
    this.#outcome = null;
    if (page === 'export' && !this.#formats) void this.#loadFormats();
    this.#port.changed();
  }

  /** False when there was none open. */
  close(): boolean {
    if (this.#page === null) return false;
    this.#page = null;
    this.#port.changed();
    return true;
  }

  async export(options: Omit<RequestOf<'export'>, 'kind'>): Promise<void> {
    await this.#do(async () => {
      const { value } = await this.#port.request({ kind: 'export', ...options });
      return `${value.files === 1 ? '1 file is' : `${value.files} files are`} in ${value.folder}.`;
    });
  }

  /** Gives the export under way up: what it has left is its own outcome. */
  async cancelExport(): Promise<void> {
    try {
      await this.#port.request({ kind: 'cancel-export' });
    } catch (error) {
      this.#outcome = { good: false, words: (error as Error).message };
      this.#port.changed();
    }
  }

  async saveAs(path: string): Promise<void> {
    await this.#do(async () => {
      const { value } = await this.#port.request({ kind: 'save-as', path });
      return `The work goes on in ${value.path}. What was there before stays as it is.`;
    });
  }

  /** Closes the page when it is done: the canvas shows it. */
  async startOver(): Promise<void> {
    if (await this.#do(async () => void (await this.#port.request({ kind: 'start-over' })))) this.close();
  }

  async closeSession(): Promise<void> {
    if (await this.#do(async () => void (await this.#port.request({ kind: 'close' })))) this.close();
  }

  async #loadFormats(): Promise<void> {
    try {
      this.#formats = (await this.#port.request({ kind: 'formats' })).value.formats;
    } catch (error) {
      this.#outcome = { good: false, words: (error as Error).message };
    }
    this.#port.changed();
  }

  async #do(work: () => Promise<string | void>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    this.#outcome = null;
    this.#port.changed();
    try {
      const words = await work();
      if (typeof words === 'string') this.#outcome = { good: true, words };
      return true;
    } catch (error) {
      // What the user gave up has not failed.
      const good = isMaskletError(error) && error.fields['cancelled'] === true;
      this.#outcome = { good, words: (error as Error).message };
      return false;
    } finally {
      this.#busy = false;
      if (this.#page === null && this.#outcome) this.#port.told(this.#outcome);
      this.#port.changed();
    }
  }
}
