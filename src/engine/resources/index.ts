export { gpuQuery, gpuUse, readGpu } from './gpu-use';
export type { GpuUse } from './gpu-use';
export { availableBytes, machineUse } from './machine-use';
export type { MachineUse } from './machine-use';
export { cpuSeconds, processUse, residentBytes } from './process-use';
export type { ProcessUse } from './process-use';
