export type { Draft, Pointer, ToolPort } from './pointer';
export { ToolBox } from './tool-box';
