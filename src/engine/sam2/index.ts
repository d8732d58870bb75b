export { Sam2Model } from './sam2-model';
export { hostTensors, hostTensorShapes, loadGraphs } from './load-graphs';
export type { GraphFiles } from './load-graphs';
export type { Sam2Config, Sam2Settings } from './sam2-config';
