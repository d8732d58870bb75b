import { VideoError } from '../../errors';
import type { VideoInfo } from './frame-source';

/** Throws a VideoError that says which frames there are, unless `index` is a whole number among them. */
export function checkFrame({ name, frameCount }: VideoInfo, index: number): void {
  if (Number.isInteger(index) && index >= 0 && index < frameCount) return;
  throw new VideoError(`There is no frame ${index}: “${name}” has frames 0 to ${frameCount - 1}.`, { index });
}
