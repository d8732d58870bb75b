import type { AnnotationDocument, Edit, IdSource, MaskStore } from '../annotation';
import { importMasks } from './import-masks';
import type { ImportReport } from './import-masks';
import type { FrameMask, MaskArray, MaskReader } from './mask-arrays';
import type { ObjectList } from './object-list';
import { collectTable } from './session-table';
import type { SessionTable } from './session-table';
import type { FrameSpan, Video } from './video';
import { exportMasks } from './write-export';
import type { ExportOptions, ExportReport } from './write-export';

/** The results side of a session: its masks as arrays, tables and files, and masks that come from elsewhere. */
export abstract class SessionResults {
  abstract readonly video: Video;
  abstract readonly document: AnnotationDocument;
  abstract readonly store: MaskStore;
  abstract readonly reader: MaskReader;
  abstract readonly objects: ObjectList;
  abstract readonly nextId: IdSource;

  /** Applies an edit that moves masks together with their prompts: nothing is asked of the model. */
  abstract restructure(label: string, edit: Edit): void;

  /** One frame's label map: each pixel its object's number, 0 for none. */
  async labels(frame: number): Promise<FrameMask> {
    this.video.checkFrame(frame);
    return this.reader.labels(this.document.objects, frame);
  }

  /** The label maps of a range (ends inclusive; the whole video where nothing is said) as one array. */
  async masks(options: { readonly range?: FrameSpan } = {}): Promise<MaskArray> {
    const { objects } = this.document;
    const read = (frame: number, data: Uint8Array): Promise<FrameMask> =>
      this.reader.labels(objects, frame, data);
    return this.reader.stack(this.video.span(options.range), read);
  }

  /** The label maps of a range one by one, for videos too long for one array. */
  async *maskStream(
    options: { readonly range?: FrameSpan } = {},
  ): AsyncGenerator<FrameMask, void, undefined> {
    const [first, last] = this.video.span(options.range);
    for (let frame = first; frame <= last; frame++) yield await this.labels(frame);
  }

  /** Writes masks and tables below a folder in a format (docs/formats.md). Rejects with a FormatError. */
  async export(format: string, folder: string, options: ExportOptions = {}): Promise<ExportReport> {
    return exportMasks(this, format, folder, options);
  }

  /** Masks of a file or folder become new objects, as one step to undo. Rejects with a FormatError, nothing changed. */
  async import(format: string, path: string): Promise<ImportReport> {
    return importMasks(this, format, path);
  }

  /** A table: objects, geometry, overlaps, prompts, features or events, as columns (docs/formats.md). */
  async table(name: string, options: ExportOptions = {}): Promise<SessionTable> {
    return collectTable(this, name, options);
  }
}
