export { cropMap, resample, resizeMap } from './bilinear';
export type { FloatMap } from './bilinear';
export { resizeAntialiased } from './antialiased';
export { resizeBicubic } from './bicubic-picture';
export { halvePicture } from './halved-picture';
export type { BytePicture } from './bicubic-picture';
