export {
  loadDecoder,
  loadEncoder,
  mobileSam,
  sampleDecoder,
  sampleEncoder,
  timePartEncoder,
} from './load-mobile-sam';
export type { MobileSamFiles } from './load-mobile-sam';
export { MobileSam } from './mobile-sam';
export type { MobileSamSettings } from './mobile-settings';
