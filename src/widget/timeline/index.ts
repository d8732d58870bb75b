export { blockBounds, lowSeam } from './block-bounds';
export type { BlockBound } from './block-bounds';
export { distanceTo, eventAt, valueText } from './lane';
export type { FeatureEvent, FeatureLane, FrameRange, Lane, LaneMark } from './lane';
export { kindAt, laneShapes, markPlaces, stretches } from './lane-shapes';
export { featureHeight, laneHeight, rowAt, rowsHeight, rowsInSight, timelineRows } from './rows';
export type { Row } from './rows';
export { scorePath } from './score-path';
export type { FrameScore } from './score-path';
export type { LaneShapes, Stretch } from './lane-shapes';
export {
  fittedScale,
  frameAt,
  frameLeft,
  frameMiddle,
  framesShown,
  isWhole,
  revealed,
  rulerTicks,
  scrolledTo,
  wholeScale,
  zoomScale,
} from './timeline-scale';
export type { Tick, TimelineScale } from './timeline-scale';
export { menuSections, menuSpan, spanText } from './menu-items';
export type { MenuFacts, MenuItem, MenuPlace, MenuSection } from './menu-items';
