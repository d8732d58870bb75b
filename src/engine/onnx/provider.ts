/** What computes, by onnxruntime's name. */
export type Provider = 'cpu' | 'cuda' | 'webgpu' | 'coreml' | 'dml';

/** A provider that could not take a graph, and why. */
export interface RefusedProvider {
  readonly provider: Provider;
  readonly reason: string;
}
