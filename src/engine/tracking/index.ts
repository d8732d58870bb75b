export type {
  BoxPrompt,
  Embedding,
  FramePrompts,
  ModelInfo,
  ObjectMemory,
  PointPrompt,
  Segmentation,
  TrackingModel,
} from './model-port';
