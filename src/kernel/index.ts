export { annotate, openVideo } from './api';
export type { OpenVideoOptions } from './api';
export { NotebookSession } from './notebook-session';
export type { AnnotateOptions } from './notebook-session';
export { MaskletError } from '../errors';
export type { GivenFrame, GivenFrames, OpenOptions, Frame, VideoInfo } from '../engine/video';
export { AnnotatedObject, ObjectList, Run, Session, Video } from '../session';
export type {
  ExportOptions,
  ExportReport,
  FrameMask,
  FrameSpan,
  GivenMask,
  MaskArray,
  PropagateOptions,
  RunStep,
  RunSummary,
  SessionEventName,
  SessionEvents,
  Sign,
} from '../session';
export type { Edit, MaskSource, NewObject } from '../annotation';
export type { Forecast, PlaceView, RunDirection, RunView, ViewMode } from '../protocol';
