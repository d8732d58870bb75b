export { EngineClient } from './engine-client';
export type { EngineClientOptions, EngineState } from './engine-client';
export { peakMemory } from './peak-memory';
export { videoKey } from './wire';
export type {
  CallAnswer,
  CallName,
  CallRequest,
  EngineStatus,
  ModelRef,
  OpenedVideo,
  VideoRef,
  WirePicture,
  WirePrompts,
  WireObject,
  WireRun,
  WireSeed,
  WireStep,
} from './wire';
