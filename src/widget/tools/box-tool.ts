import { drawingBox, isDrag, movingPrompt } from './gestures';
import type { Pointer, ToolPort } from './pointer';
import type { ToolState } from './tool-state';

/** A drag is a box, a press without one only lets go of the chosen prompt. */
export function boxTool(port: ToolPort): ToolState {
  return {
    name: 'box.idle',
    pointerDown(pointer) {
      if (pointer.button !== 0) return this;
      const hit = port.promptAt(pointer.screen);
      if (hit) return movingPrompt('box', port, hit, pointer, () => boxTool(port));
      return pressing(port, pointer);
    },
  };
}

function pressing(port: ToolPort, start: Pointer): ToolState {
  const idle = (): ToolState => boxTool(port);
  const state: ToolState = {
    name: 'box.pressing',
    pointerMove(pointer) {
      if (!isDrag(start.screen, pointer.screen)) return state;
      return drawingBox('box', port, start, idle).pointerMove!(pointer);
    },
    pointerUp() {
      port.choosePrompt(null);
      return idle();
    },
    cancel: idle,
  };
  return state;
}
