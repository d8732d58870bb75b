export { addModel, entryOf, megabytes } from './add-model';
export type { AddedModel, AddOptions, AddStage } from './add-model';
export { gpuTolerance, largestDifference, wrongBy } from './gpu-check';
export type { Samples } from './gpu-check';
export { checkSamples, graphWrongBy, sampleGraphs } from './self-test';
export type { SampledGraphs } from './self-test';
