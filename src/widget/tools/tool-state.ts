import type { Pointer } from './pointer';

/**
 * One state of a tool. Each handler answers with the state that follows; a handler that is missing leaves the
 * state as it is.
 */
export interface ToolState {
  /** `point.pressing`: the tool and what it is doing. */
  readonly name: string;
  pointerDown?(pointer: Pointer): ToolState;
  pointerMove?(pointer: Pointer): ToolState;
  pointerUp?(pointer: Pointer): ToolState;
  /** Escape, or the pointer was taken away: back to idle with nothing done. */
  cancel?(): ToolState;
}
