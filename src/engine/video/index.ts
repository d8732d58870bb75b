export type { Frame, FrameRange, FrameSource, OpenOptions, VideoInfo } from './frame-source';
