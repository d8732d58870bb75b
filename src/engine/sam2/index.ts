export { hostTensors, hostTensorShapes } from './host-tensors';
export { loadGraphs } from './load-graphs';
export type { GraphFiles } from './load-graphs';
export { Sam2Model } from './sam2-model';
export type { Sam2Config, Sam2Settings } from './sam2-config';
export type { HostTensors } from './sam2-graphs';
