export { loadMobileSam } from './load-mobile-sam';
export { MobileSam } from './mobile-sam';
