/** What computes, as menus call it. */
export const providerNames: Readonly<Record<string, string>> = {
  auto: 'the best that works',
  cpu: 'CPU',
  cuda: 'CUDA',
  webgpu: 'WebGPU',
  coreml: 'CoreML',
  dml: 'DirectML',
};
