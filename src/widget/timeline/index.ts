export { kindAt, laneShapes, lanesInSight, markPlaces } from './lane-shapes';
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
