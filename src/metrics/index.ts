export { boundaryF, boundaryOf, boundaryTolerance, dilate } from './boundary';
export { overlapOf, pixelAccuracy } from './overlap';
export type { Overlap } from './overlap';
export { SequenceScorer } from './sequence-score';
export type { MaskScore, ObjectScore, SequenceScore } from './sequence-score';
export { meanOf, statisticsOf } from './statistics';
export type { Statistics } from './statistics';
export { againstTruth, maskOfLabel, sequenceLabels } from './void';
export type { Compared } from './void';
