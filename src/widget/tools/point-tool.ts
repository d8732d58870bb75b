import { drawingBox, isDrag, movingPrompt } from './gestures';
import type { Pointer, ToolPort } from './pointer';
import type { ToolState } from './tool-state';

/** Left adds, right (or a pen's eraser) takes away, a drag is a box; a prompt under the pointer is held. */
export function pointTool(port: ToolPort): ToolState {
  return {
    name: 'point.idle',
    pointerDown(pointer) {
      const hit = pointer.button === 0 ? port.promptAt(pointer.screen) : null;
      if (hit) return movingPrompt('point', port, hit, pointer, () => pointTool(port));
      if (!port.isInPicture(pointer.picture)) return this;
      return pressing(port, pointer);
    },
  };
}

function pressing(port: ToolPort, start: Pointer): ToolState {
  const idle = (): ToolState => pointTool(port);
  const state: ToolState = {
    name: 'point.pressing',
    pointerMove(pointer) {
      if (start.button !== 0 || !isDrag(start.screen, pointer.screen)) return state;
      const drawing = drawingBox('point', port, start, idle);
      return drawing.pointerMove!(pointer);
    },
    pointerUp() {
      port.addPoint(start.picture, (start.button === 0) !== port.isFlipped());
      return idle();
    },
    cancel: idle,
  };
  return state;
}
