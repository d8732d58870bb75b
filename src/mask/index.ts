export { createBitmap, bitmapArea, bitmapBox, bitmapIou } from './bitmap';
export type { Bitmap, PixelBox } from './bitmap';
export { boxesMeet, grownBox } from './boxes';
export {
  encodeRunLength,
  decodeRunLength,
  paintRunLength,
  emptyRunLength,
  runLengthArea,
  runLengthIou,
  runLengthOverlap,
  withoutRunLengths,
} from './run-length';
export type { RunLength } from './run-length';
export { runLengthShape } from './run-length-shape';
export type { MaskShape } from './run-length-shape';
export { connectedComponents, keepLargeComponents, withoutSpecks } from './components';
export type { Components } from './components';
export { skeletonOf, skeletonPoints } from './skeleton';
export type { SkeletonPoint } from './skeleton';
export { deepestPoint, depthInside } from './deepest-point';
export { voidLabel } from './void-label';
export { applyStroke } from './stroke';
export type { Stroke, StrokePath } from './stroke';
