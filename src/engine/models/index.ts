export { embeddedFiles, embeddedObstacle, timeEmbedded } from './load-embedded';
export { loadModel } from './registry';
export type { LoadOptions, ModelSettings } from './load-options';
export { parseProvider, providerOrder, providersToTry, providerTitles } from './providers';
export type { ProviderChoice } from './providers';
