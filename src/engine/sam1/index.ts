export {
  loadDecoder,
  loadEncoder,
  loadPartEncoder,
  mobileSam,
  sampleEncoder,
  timeEncoder,
  tryDecoder,
} from './load-mobile-sam';
export { wholeEncoder } from './encoder-maps';
export type { MobileSamFiles } from './load-mobile-sam';
export { MobileSam } from './mobile-sam';
export type { MobileSamSettings } from './mobile-settings';
