import { EditError } from '../errors';
import { defaultSettings } from './records';
import type {
  AcceptedAlarm,
  ClassRecord,
  DocumentSettings,
  FeatureChange,
  FeatureRecord,
  ObjectRecord,
  PromptRecord,
  RangeRecord,
  RunRecord,
  SeamRecord,
  VideoFacts,
} from './records';
import { Track } from './track';

/** The document without its tracks: small, plain, what a view of it needs. */
export interface DocumentRecords {
  readonly version: number;
  /** The highest number an object ever had. */
  readonly lastNumber: number;
  readonly settings: DocumentSettings;
  readonly classes: readonly ClassRecord[];
  readonly objects: readonly ObjectRecord[];
  readonly prompts: readonly PromptRecord[];
  readonly features: readonly FeatureRecord[];
  /** By object, feature and frame, in that order. */
  readonly featureChanges: readonly FeatureChange[];
  readonly locks: readonly RangeRecord[];
  readonly absences: readonly RangeRecord[];
  /** Locked frames, rising. */
  readonly barriers: readonly number[];
  readonly runs: readonly RunRecord[];
  /** By object and frame, in that order. */
  readonly seams: readonly SeamRecord[];
  /** By object, kind and frame, in that order. */
  readonly accepted: readonly AcceptedAlarm[];
}

/** The records of a document in which nothing has been done. */
export const emptyRecords: DocumentRecords = {
  version: 0,
  lastNumber: 0,
  settings: defaultSettings,
  classes: [],
  objects: [],
  prompts: [],
  features: [],
  featureChanges: [],
  locks: [],
  absences: [],
  barriers: [],
  runs: [],
  seams: [],
  accepted: [],
};

/** Everything a document holds, open to change. Only the edits' code has it. */
export class DocumentContent {
  readonly video: VideoFacts;
  lastNumber = 0;
  settings: DocumentSettings = defaultSettings;
  readonly classes: ClassRecord[] = [];
  readonly objects: ObjectRecord[] = [];
  readonly prompts: PromptRecord[] = [];
  readonly features: FeatureRecord[] = [];
  readonly featureChanges: FeatureChange[] = [];
  readonly locks: RangeRecord[] = [];
  readonly absences: RangeRecord[] = [];
  readonly barriers: number[] = [];
  readonly runs: RunRecord[] = [];
  readonly seams: SeamRecord[] = [];
  readonly accepted: AcceptedAlarm[] = [];
  readonly tracks: Map<string, Track> = new Map();

  constructor(video: VideoFacts) {
    this.video = video;
  }

  /** The object of an id. Throws an EditError for an id that is not there. */
  object(id: string): ObjectRecord {
    const found = this.objects.find((one) => one.id === id);
    if (found) return found;
    throw new EditError(
      `There is no object with the id ${id}; it may have been removed. Nothing was changed.`,
      { id },
    );
  }

  track(objectId: string): Track {
    let track = this.tracks.get(objectId);
    if (!track) this.tracks.set(objectId, (track = new Track()));
    return track;
  }

  /** A copy of everything but the tracks. */
  records(version: number): DocumentRecords {
    return {
      version,
      lastNumber: this.lastNumber,
      settings: this.settings,
      classes: [...this.classes],
      objects: [...this.objects],
      prompts: [...this.prompts],
      features: [...this.features],
      featureChanges: [...this.featureChanges],
      locks: [...this.locks],
      absences: [...this.absences],
      barriers: [...this.barriers],
      runs: [...this.runs],
      seams: [...this.seams],
      accepted: [...this.accepted],
    };
  }

  /** Takes records over, into a document that is still empty. */
  fill(records: Omit<DocumentRecords, 'version'>): void {
    this.lastNumber = records.lastNumber;
    this.settings = records.settings;
    this.classes.push(...records.classes);
    this.objects.push(...records.objects);
    this.prompts.push(...records.prompts);
    this.features.push(...records.features);
    this.featureChanges.push(...records.featureChanges);
    this.locks.push(...records.locks);
    this.absences.push(...records.absences);
    this.barriers.push(...records.barriers);
    this.runs.push(...records.runs);
    this.seams.push(...records.seams);
    this.accepted.push(...records.accepted);
  }
}
