export { matchModel, queryOffset } from './match-model';
export { withOutput } from './onnx-bytes';
export { knownProviders, OnnxGraph, providerObstacle } from './onnx-graph';
export type { FloatTensor, GraphOptions, InputTensor } from './onnx-graph';
export { toWholeWeights, withWholeWeights } from './whole-weights';
export type { WholeWeights } from './whole-weights';
export type { Provider, RefusedProvider } from './provider';
