export type { Checkpoint, CheckpointTensor, TensorType } from './checkpoint';
export { checkTensors, fillGraph } from './fill-graph';
export type { FilledFile } from './fill-graph';
export { countOf, readManifest } from './graph-manifest';
export type { GraphManifest, ManifestTensor } from './graph-manifest';
export { positionTable, tableKinds } from './position-tables';
export type { TableKind } from './position-tables';
export { seededCheckpoint, seededTensor } from './seeded-checkpoint';
