export { loadMobileSam } from './load-mobile-sam';
export { MobileSam } from './mobile-sam';
export type { MobileSamSettings } from './mobile-settings';
