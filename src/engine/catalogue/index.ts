export { catalogue, catalogueEntry, embeddedModel, graphSource } from './catalogue';
export type { CatalogueEntry, ModelCost, OfficialCheckpoint } from './catalogue';
export { defaultModel, modelEntries } from './model-choices';
export type { ModelEntry } from './model-choices';
export {
  addedModels,
  damagedFiles,
  fileHash,
  isAdded,
  modelBytes,
  modelFolder,
  modelsFolder,
  readRecord,
  removeModel,
} from './model-folder';
export type { ModelRecord } from './model-folder';
