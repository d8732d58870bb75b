export type {
  BoxPrompt,
  CarriedChange,
  Embedding,
  FramePrompts,
  Lookable,
  ModelInfo,
  ObjectMemory,
  PassFacts,
  PointPrompt,
  SeenMask,
  Segmentation,
  TrackingModel,
  Closeup,
  Sought,
  WhereToLook,
} from './model-port';
export { mends } from './carry-change';
export { EmbeddingCache } from './embedding-cache';
export { EmbeddingShelf, sweepShelves } from './embedding-shelf';
export { countSteps, planPasses } from './pass-plan';
export type { Direction, Pass } from './pass-plan';
export { promptSteps, RefinedAnswers } from './refined-answers';
export { propagate } from './propagate';
export { readAhead } from './read-ahead';
export { interpolateMasks } from './interpolate-masks';
export { embeddingOf } from './looks';
export type { LookParts } from './looks';
export type { PropagatedFrame, PropagateOptions } from './propagate';
export type { Correction, Seed, TrackedObject } from './tracked-object';
