import { changeContent } from './change-content';
import { isLocked } from './check-locks';
import { DocumentContent } from './document-content';
import type { DocumentRecords } from './document-content';
import type { Edit } from './edits';
import { covers } from './ranges';
import type {
  AcceptedAlarm,
  ClassRecord,
  DocumentSettings,
  FeatureChange,
  FeatureRecord,
  FeatureValue,
  ObjectRecord,
  PromptRecord,
  RangeRecord,
  RunRecord,
  SeamRecord,
  VideoFacts,
} from './records';
import { withAbsences } from './track';
import type { CoverageRun, Track } from './track';

/** What an edit did: what undoes it, and the document's version after it. */
export interface AppliedEdit {
  readonly edit: Edit;
  readonly inverse: Edit;
  readonly version: number;
}

/**
 * The truth of one annotation: classes, objects, prompts, features, tracks, locks and absences of one video. It
 * changes through {@link AnnotationDocument.apply} and {@link AnnotationDocument.restore} alone; each edit raises the
 * version by one.
 */
export class AnnotationDocument {
  readonly #content: DocumentContent;
  #version = 0;

  constructor(video: VideoFacts) {
    this.#content = new DocumentContent(video);
  }

  /** The document of records and tracks that were saved. */
  static of(
    video: VideoFacts,
    records: DocumentRecords,
    tracks: ReadonlyMap<string, Track>,
  ): AnnotationDocument {
    const document = new AnnotationDocument(video);
    document.#content.fill(records);
    tracks.forEach((track, objectId) => document.#content.tracks.set(objectId, track));
    document.#version = records.version;
    return document;
  }

  get video(): VideoFacts {
    return this.#content.video;
  }

  get version(): number {
    return this.#version;
  }

  get settings(): DocumentSettings {
    return this.#content.settings;
  }

  get classes(): readonly ClassRecord[] {
    return this.#content.classes;
  }

  /** In the order of the list: the first wins where two claim a pixel and the rule is “order”. */
  get objects(): readonly ObjectRecord[] {
    return this.#content.objects;
  }

  get prompts(): readonly PromptRecord[] {
    return this.#content.prompts;
  }

  get features(): readonly FeatureRecord[] {
    return this.#content.features;
  }

  get featureChanges(): readonly FeatureChange[] {
    return this.#content.featureChanges;
  }

  get locks(): readonly RangeRecord[] {
    return this.#content.locks;
  }

  get absences(): readonly RangeRecord[] {
    return this.#content.absences;
  }

  /** Locked frames, rising. */
  get barriers(): readonly number[] {
    return this.#content.barriers;
  }

  get runs(): readonly RunRecord[] {
    return this.#content.runs;
  }

  get seams(): readonly SeamRecord[] {
    return this.#content.seams;
  }

  /** Alarms that the user accepted. */
  get accepted(): readonly AcceptedAlarm[] {
    return this.#content.accepted;
  }

  /** The object of an id. Throws an EditError for an id that is not there. */
  object(id: string): ObjectRecord {
    return this.#content.object(id);
  }

  /** An object's masks by frame. */
  track(objectId: string): Track {
    this.object(objectId);
    return this.#content.track(objectId);
  }

  /** The prompts of one object on one frame, in the order they were given. */
  promptsAt(objectId: string, frame: number): PromptRecord[] {
    return this.prompts.filter((one) => one.objectId === objectId && one.frame === frame);
  }

  /** True where nothing may change an object's mask: a barrier, or a lock of the object. */
  isLocked(objectId: string, frame: number): boolean {
    return isLocked(this.#content, objectId, frame);
  }

  /** True where the user said that the object is not in the picture. */
  isAbsent(objectId: string, frame: number): boolean {
    return this.absences.some((one) => covers(one, objectId, frame));
  }

  /** What a timeline draws of an object: its masks as runs of one kind, and where it was said to be absent. */
  coverage(objectId: string): readonly CoverageRun[] {
    const ranges = this.absences.filter((one) => one.objectId === objectId);
    return withAbsences(this.track(objectId).coverage(), ranges);
  }

  /** The value that a feature of an object has on a frame: that of its last change up to there; null where none. */
  featureAt(objectId: string, featureId: string, frame: number): FeatureValue | null {
    let value: FeatureValue | null = null;
    for (const one of this.featureChanges)
      if (one.objectId === objectId && one.featureId === featureId && one.frame <= frame) value = one.value;
    return value;
  }

  /** A copy of everything but the tracks. */
  records(): DocumentRecords {
    return this.#content.records(this.#version);
  }

  /**
   * Applies an edit. Throws an EditError, with nothing changed, when it does not fit or would change what is locked;
   * an edit made of several is applied whole or not at all.
   */
  apply(edit: Edit): AppliedEdit {
    return this.#change(edit, false);
  }

  /** Takes back or brings back what was there: inverses, and edits read from a log. Locks do not bar it. */
  restore(edit: Edit): AppliedEdit {
    return this.#change(edit, true);
  }

  #change(edit: Edit, restoring: boolean): AppliedEdit {
    const inverse = changeContent(this.#content, edit, restoring);
    this.#version++;
    return { edit, inverse, version: this.#version };
  }
}
