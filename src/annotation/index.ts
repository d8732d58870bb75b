export { AnnotationDocument } from './document';
export type { AppliedEdit, DocumentRecords } from './document';
export type { Edit, EditKind, ObjectPatch, TrackChange } from './edits';
export { parseEdit } from './edit-schema';
export { newObjectEdit } from './new-records';
export type { IdSource, KnownRecords, NewObject } from './new-records';
export { objectColor, objectColors } from './object-colors';
export { MemoryMaskStore } from './memory-mask-store';
export type {
  BoxRecord,
  ClassRecord,
  MaskId,
  MaskPromptRecord,
  MaskSource,
  MaskStore,
  ObjectRecord,
  PointRecord,
  PromptRecord,
  TrackEntry,
  VideoFacts,
} from './records';
export { Track } from './track';
export type { CoverageKind, CoverageRun } from './track';
