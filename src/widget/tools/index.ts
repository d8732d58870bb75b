export { Pinch } from './pinch';
export type { PinchStep } from './pinch';
export type { Draft, Pointer, ToolPort } from './pointer';
export { ToolBox } from './tool-box';
