export { addModel, entryOf, megabytes } from './add-model';
export type { AddedModel, AddOptions, AddStage } from './add-model';
export { checkSamples, largestDifference, sampleGraphs } from './self-test';
export type { SampledGraphs } from './self-test';
