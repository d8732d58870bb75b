export { baseOf, takenAlong } from './carried-masks';
export { AnnotationDocument } from './document';
export type { AppliedEdit } from './document';
export type { DocumentRecords } from './document-content';
export { loadDocument, saveDocument } from './document-file';
export type { SavedDocument, SavedTrack } from './saved-document';
export type { Edit, EditKind, FeaturePatch, MaskCheck, ObjectPatch, TrackChange } from './edits';
export { parseEdit, parseLoggedEdit } from './record-schemas';
export { History } from './history';
export type { KeptHistory, KeptStep, Step } from './history';
export { newObjectEdit } from './new-records';
export type { IdSource, KnownRecords, NewObject } from './new-records';
export { objectColor, objectColors } from './object-colors';
export { emptyRecords } from './document-content';
export { MemoryMaskStore } from './memory-mask-store';
export { outdatedRanges } from './outdated';
export { promptsMark } from './prompts-mark';
export { covers, coversAll, without } from './ranges';
export { alarmKinds, defaultSettings } from './records';
export type {
  AcceptedAlarm,
  AlarmKind,
  AlarmPlace,
  BoxRecord,
  CarriedMask,
  ClassRecord,
  DocumentSettings,
  FeatureChange,
  FeatureRecord,
  FeatureType,
  FeatureValue,
  MaskId,
  MaskPromptRecord,
  MaskSource,
  MaskStore,
  ModelStamp,
  ObjectRecord,
  OverlapRule,
  PointRecord,
  PromptRecord,
  RangeRecord,
  RunRecord,
  SeamRecord,
  Seeding,
  TrackEntry,
  VideoFacts,
} from './records';
export { stepLabel } from './step-label';
export {
  deleteRangeEdit,
  lockEdit,
  markAbsentEdit,
  markPresentEdit,
  splitEdit,
  startOverEdit,
  swapEdit,
  unlockEdit,
} from './structural-edits';
export type { Range } from './structural-edits';
export { Track } from './track';
export type { CoverageKind, CoverageRun } from './track';
