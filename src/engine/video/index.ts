export { encodePicture } from './encode-picture';
export { ffmpegCandidates, findFfmpeg } from './ffmpeg-program';
export type { FfmpegCandidate, FfmpegProgram } from './ffmpeg-program';
export type { Frame, FrameRange, FrameSource, OpenOptions, VideoInfo } from './frame-source';
export { openFrames } from './given-frames';
export type { GivenFrame, GivenFrames } from './given-frames';
export { openSource, samplePath } from './open-source';
export { packageRoot, venvPackages } from './package-root';
