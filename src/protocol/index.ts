export { pictureWindow } from './messages';
export type {
  Answer,
  Answers,
  FormatView,
  CanvasMessage,
  CanvasRequest,
  CheckRequest,
  Forecast,
  KernelMessage,
  MasksChanged,
  PropagateRequest,
  RequestKind,
  Rework,
} from './messages';
export { parseRequest, parseSender } from './parse-message';
export { emptyReview, startPlace } from './widget-state';
export type { ProcessView, ResourcesView } from './resources-view';
export type { OfferedView, OpeningView, PlaceRequest, RecentView, SampleView, VideoTrouble } from './opening';
export { startState } from './start-state';
export type {
  AlarmView,
  CoverageView,
  DocumentView,
  AddingView,
  EngineView,
  EvaluationView,
  ExportView,
  ModelsView,
  ModelView,
  NoticeView,
  PlaceView,
  ReviewView,
  RunDirection,
  RunView,
  ScoreView,
  VideoView,
  ViewMode,
  WaitingRun,
  WidgetState,
} from './widget-state';
