import type { Point, PromptHit } from '../drawing';
import type { Pointer, ToolPort } from './pointer';
import type { ToolState } from './tool-state';

/** A press that moves further than this many CSS pixels is a drag. */
const dragReach = 4;

/** True once a press has become a drag. */
export function isDrag(from: Point, to: Point): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) > dragReach;
}

/** Moves the picture until the button is let go. */
export function panning(tool: string, port: ToolPort, start: Pointer, idle: () => ToolState): ToolState {
  let last = start.screen;
  const state: ToolState = {
    name: `${tool}.panning`,
    pointerMove({ screen }) {
      port.panBy({ x: screen.x - last.x, y: screen.y - last.y });
      last = screen;
      return state;
    },
    pointerUp: idle,
    cancel: idle,
  };
  return state;
}

/** Holds a prompt: a press chooses it, a drag moves it. */
export function movingPrompt(
  tool: string,
  port: ToolPort,
  hit: PromptHit,
  start: Pointer,
  idle: () => ToolState,
): ToolState {
  let dragged = false;
  port.choosePrompt(hit);
  const state: ToolState = {
    name: `${tool}.moving`,
    pointerMove(pointer) {
      dragged ||= isDrag(start.screen, pointer.screen);
      if (dragged)
        port.draft({ kind: 'moved', prompt: port.movedPrompt(hit, start.picture, pointer.picture) });
      return state;
    },
    pointerUp(pointer) {
      port.draft(null);
      if (dragged) port.movePrompt(port.movedPrompt(hit, start.picture, pointer.picture));
      return idle();
    },
    cancel() {
      port.draft(null);
      return idle();
    },
  };
  return state;
}

/** Draws a box from where the button went down. */
export function drawingBox(tool: string, port: ToolPort, start: Pointer, idle: () => ToolState): ToolState {
  const state: ToolState = {
    name: `${tool}.drawing`,
    pointerMove(pointer) {
      port.draft({ kind: 'box', from: start.picture, to: pointer.picture });
      return state;
    },
    pointerUp(pointer) {
      port.draft(null);
      port.addBox(start.picture, pointer.picture);
      return idle();
    },
    cancel() {
      port.draft(null);
      return idle();
    },
  };
  return state;
}
