import { KernelError } from '../errors';
import type { CanvasRequest, ExportView } from '../protocol';
import { exportFormats } from '../session';
import type { ExportReport, Session } from '../session';

/** What a canvas asks about exporting. */
export type ExportRequest = Extract<CanvasRequest, { readonly kind: 'export' | 'cancel-export' }>;

/** The export of one canvas: one at a time, shown while it goes on, given up when somebody says so. */
export class CanvasExport {
  readonly #session: Session;
  readonly #show: (exporting: ExportView | null) => void;
  #under: AbortController | null = null;

  constructor(session: Session, show: (exporting: ExportView | null) => void) {
    this.#session = session;
    this.#show = show;
  }

  /** Rejects with a FormatError: what is wrong, or what a given up export has left. */
  async run(body: Extract<ExportRequest, { readonly kind: 'export' }>): Promise<ExportReport> {
    if (this.#under)
      throw new KernelError('An export is under way already. Wait for it, or cancel it first.');
    const { format, folder, objectIds, range } = body;
    const under = (this.#under = new AbortController());
    const title = exportFormats().find((one) => one.name === format)?.title ?? format;
    this.#show({ title, share: 0, files: 0 });
    try {
      return await this.#session.export(format, folder, {
        ...(objectIds ? { objects: objectIds } : {}),
        ...(range ? { range } : {}),
        signal: under.signal,
        onStep: (step) => this.#show({ title, ...step }),
      });
    } finally {
      this.#under = null;
      this.#show(null);
    }
  }

  cancel(): void {
    this.#under?.abort();
  }
}
