export { contourArea, maskContour } from './mask-contour';
export type { ContourLoop } from './mask-contour';
export { isPixelSet, runLengthBox } from './mask-lookup';
export { MaskPaths } from './paint-masks';
export { paintStage } from './paint-stage';
export type { NameStyle, StageScene } from './paint-stage';
export type { BrushTip, PaintedStroke } from './paint-strokes';
export { placeNames } from './place-names';
export type { NameRequest, PlacedName } from './place-names';
export { boxBetween, boxOnScreen, movedPrompt, promptAt } from './prompt-geometry';
export type { PromptHit, PromptPart } from './prompt-geometry';
export {
  fitView,
  isInPicture,
  nearestPixel,
  oneToOneView,
  panView,
  toPicture,
  toScreen,
  zoomView,
} from './view-transform';
export type { PictureShape, Point, Size, ViewTransform } from './view-transform';
