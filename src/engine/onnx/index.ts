export { dotProductModel, withOutput } from './onnx-bytes';
export { knownProviders, OnnxGraph } from './onnx-graph';
export type { FloatTensor, GraphOptions, InputTensor, Provider, RefusedProvider } from './onnx-graph';
