import { isDrag, movingPrompt, panning } from './gestures';
import type { Pointer, ToolPort } from './pointer';
import type { ToolState } from './tool-state';

/** A press chooses what is under it, a drag on the picture moves the picture. Never adds a prompt. */
export function selectTool(port: ToolPort): ToolState {
  return {
    name: 'select.idle',
    pointerDown(pointer) {
      if (pointer.button !== 0) return this;
      const hit = port.promptAt(pointer.screen);
      if (hit) return movingPrompt('select', port, hit, pointer, () => selectTool(port));
      return pressing(port, pointer);
    },
  };
}

function pressing(port: ToolPort, start: Pointer): ToolState {
  const idle = (): ToolState => selectTool(port);
  const state: ToolState = {
    name: 'select.pressing',
    pointerMove(pointer) {
      if (!isDrag(start.screen, pointer.screen)) return state;
      return panning('select', port, start, idle).pointerMove!(pointer);
    },
    pointerUp() {
      port.choosePrompt(null);
      port.chooseObjectAt(start.picture);
      return idle();
    },
    cancel: idle,
  };
  return state;
}
