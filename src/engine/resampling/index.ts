export { cropMap, resample, ResampledLines, resizeMap } from './bilinear';
export type { FloatMap, Sampling } from './bilinear';
export { resizeAntialiased } from './antialiased';
export { resizeBicubic } from './bicubic-picture';
export { halvePicture } from './halved-picture';
export type { BytePicture } from './bicubic-picture';
