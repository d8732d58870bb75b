export { hostTensors, hostTensorShapes } from './host-tensors';
export { graphSet, loadGraph, loadGraphs } from './load-graphs';
export type { GraphFiles, GraphRole } from './load-graphs';
export { Sam2Model } from './sam2-model';
export type { Sam2Config, Sam2Settings } from './sam2-config';
export type { HostTensors, Sam2GraphSet } from './sam2-graphs';
