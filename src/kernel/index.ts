export { annotate, openSession, openVideo, replay } from './api';
export type { OpenSessionOptions, OpenVideoOptions } from './api';
export { Canvas } from './canvas';
export { NotebookSession } from './notebook-session';
export type { AnnotateOptions } from './notebook-session';
export { Chart, chart } from './chart';
export type { ChartChannel, ChartEncoding, ChartMark, ChartRows, ChartSpec } from './chart';
export { MaskletError } from '../errors';
export type { GivenFrame, GivenFrames, OpenOptions, Frame, VideoInfo } from '../engine/video';
export {
  addModel,
  AnnotatedObject,
  exportDataset,
  FeatureList,
  listDrafts,
  listModels,
  ObjectList,
  Run,
  Session,
  Video,
} from '../session';
export type {
  AddingStep,
  AddModelOptions,
  BlockView,
  DatasetClipReport,
  DatasetOptions,
  DatasetReport,
  PromptReport,
  ReplayedFrame,
  ReplayReport,
  Zone,
  ZoneOptions,
  ZoneReport,
  Draft,
  FeatureEvent,
  HistoryView,
  MaskInfo,
  NewFeature,
  ExportOptions,
  EvaluatedObject,
  Evaluation,
  EvaluateOptions,
  EvaluationRow,
  ExportReport,
  ExportStep,
  ExportWatching,
  GroundTruth,
  ImportReport,
  SessionAlarm,
  SessionTable,
  TruthSession,
  FrameMask,
  FrameSpan,
  GivenMask,
  MaskArray,
  ModelChoice,
  ModelInUse,
  PropagateOptions,
  RunStep,
  RunSummary,
  SessionEventName,
  SessionEvents,
  Sign,
  WhenBusy,
} from '../session';
export type { ModelEntry } from '../engine/catalogue';
export type { ModelSettings } from '../engine/models';
export type {
  DocumentSettings,
  Edit,
  FeatureRecord,
  FeatureType,
  FeatureValue,
  MaskSource,
  ModelStamp,
  NewObject,
  OverlapRule,
  RunRecord,
  Seeding,
} from '../annotation';
export type {
  EvaluationView,
  Forecast,
  PlaceView,
  ProcessView,
  ResourcesView,
  RunDirection,
  RunView,
  ScoreView,
  ViewMode,
  WaitingRun,
} from '../protocol';
