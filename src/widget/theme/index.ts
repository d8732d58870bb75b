export { controls } from './controls';
export { icon } from './icons';
export type { IconName } from './icons';
export { bytesWords, counted, duration, grouped, timecode } from './numbers';
export { tokens } from './tokens';
