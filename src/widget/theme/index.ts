export { controls } from './controls';
export { icon } from './icons';
export type { IconName } from './icons';
export { counted, duration, grouped, timecode } from './numbers';
export { tokens } from './tokens';
