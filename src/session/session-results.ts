import type { AnnotationDocument, Edit, IdSource, MaskStore } from '../annotation';
import { SessionError } from '../errors';
import type { EvaluationView } from '../protocol';
import { evaluateMasks } from './evaluation';
import type { Evaluation, EvaluateOptions } from './evaluation';
import { givePrompts } from './give-prompts';
import type { PromptReport } from './give-prompts';
import { openTruth } from './ground-truth';
import type { GroundTruth } from './ground-truth';
import { importMasks } from './import-masks';
import type { ImportReport } from './import-masks';
import { LiveScores } from './live-scores';
import type { FrameMask, MaskArray, MaskReader } from './mask-arrays';
import type { ObjectList } from './object-list';
import type { SessionEmitter, SessionEventName, SessionEvents } from './session-events';
import { collectTable } from './session-table';
import type { SessionTable } from './session-table';
import type { FrameSpan, Video } from './video';
import { timeInZones } from './zones';
import type { Zone, ZoneOptions, ZoneReport } from './zones';
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
  abstract apply(edit: Edit): Promise<void>;
  abstract step<T>(label: string, work: () => T): T;

  /** Hears of what happens here. */
  abstract on<K extends SessionEventName>(name: K, listener: (event: SessionEvents[K]) => void): () => void;
  protected abstract readonly emit: SessionEmitter['emit'];

  #live: LiveScores | null = null;
  #stopLive: (() => void) | null = null;

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

  /**
   * Writes masks and tables below a folder in a format (docs/formats.md). Rejects with a FormatError: what is wrong, or, once
   * `options.signal` gave it up, what was written until then.
   *
   * @example await session.export("coco", "out", { onStep: ({ share }) => console.log(share) });
   */
  async export(format: string, folder: string, options: ExportOptions = {}): Promise<ExportReport> {
    return exportMasks(this, format, folder, options);
  }

  /** Masks of a file or folder become new objects, as one step to undo. Rejects with a FormatError, nothing changed. */
  async import(format: string, path: string): Promise<ImportReport> {
    return importMasks(this, format, path);
  }

  /**
   * Boxes and points of a COCO JSON, LabelMe JSON (a file, or a folder of them) or CSV become prompts of new objects, as
   * one step to undo (docs/prompts-file.md). Resolves when their masks are there. Rejects with a FormatError, nothing
   * changed, when the file cannot be read.
   *
   * @example await session.importPrompts("boxes.csv"); await session.propagate({ direction: "both" });
   */
  async importPrompts(path: string): Promise<PromptReport> {
    return givePrompts(this, path);
  }

  /**
   * How long each object is in each zone (boxes, polygons or masks, in stored pixels), as tables: totals, visits, frames.
   * An object is where its centroid is; `share` asks for a part of its pixels. Rejects with a FormatError.
   *
   * @example const { totals } = await session.timeInZones({ nest: { box: [0, 0, 120, 90] } });
   */
  async timeInZones(zones: Readonly<Record<string, Zone>>, options: ZoneOptions = {}): Promise<ZoneReport> {
    return timeInZones(this, zones, options);
  }

  /** A table: objects, geometry, overlaps, prompts, features or events, as columns (docs/formats.md). */
  async table(name: string, options: ExportOptions = {}): Promise<SessionTable> {
    return collectTable(this, name, options);
  }

  /**
   * Scores the masks against known ones: IoU, Dice, DAVIS's J and F for each object on each known frame, pixel accuracy
   * for each frame, means, and masks where the object is not in the picture. The canvas then shows the IoU on the
   * timeline and keeps it up as masks change, until `evaluate(null)`.
   *
   * @param truth a folder of indexed PNGs named as frames (DAVIS), another session (objects are paired by name), or label
   *   maps as `session.masks()` gives them; objects are paired by number where the truth has no names
   * @throws FormatError when the truth does not fit the video or has none of its objects
   * @example const { rows, region } = await session.evaluate("DAVIS/Annotations/480p/swan");
   */
  evaluate(truth: GroundTruth, options?: EvaluateOptions): Promise<Evaluation>;
  evaluate(truth: null): Promise<null>;
  async evaluate(truth: GroundTruth | null, options: EvaluateOptions = {}): Promise<Evaluation | null> {
    if (truth === null) {
      this.forgetEvaluation();
      return null;
    }
    if ((truth as unknown) === this)
      throw new SessionError('A session agrees with itself. Give another session, a folder or masks.');
    const known = await openTruth(truth, this.video);
    const found = await evaluateMasks(this, known, options);
    this.forgetEvaluation();
    const live = new LiveScores(
      {
        work: this,
        truth: known,
        options,
        tell: (view) => this.emit('evaluation', view),
        warn: (error) => this.emit('notice', { level: 'warning', message: String(error) }),
      },
      found,
    );
    this.#live = live;
    this.#stopLive = this.on('masks', (masks) => live.touch(masks));
    this.emit('evaluation', live.view);
    return found;
  }

  /** The figures that the timeline shows; null until {@link SessionResults.evaluate}. */
  get evaluation(): EvaluationView | null {
    return this.#live?.view ?? null;
  }

  protected forgetEvaluation(): void {
    if (!this.#live) return;
    this.#live.stop();
    this.#stopLive?.();
    this.#live = this.#stopLive = null;
    this.emit('evaluation', null);
  }
}
