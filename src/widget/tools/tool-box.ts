import type { ToolId } from '../commands';
import { boxTool } from './box-tool';
import { brushTool, lassoTool } from './drawing-tools';
import { panning } from './gestures';
import { pointTool } from './point-tool';
import type { Pointer, ToolPort } from './pointer';
import { selectTool } from './select-tool';
import type { ToolState } from './tool-state';

const tools: Readonly<Record<ToolId, (port: ToolPort) => ToolState>> = {
  select: selectTool,
  point: pointTool,
  box: boxTool,
  brush: brushTool,
  lasso: lassoTool,
};

/** The tool in hand and the state it is in. The middle button, or any with Space held, pans with every tool. */
export class ToolBox {
  readonly #port: ToolPort;
  #tool: ToolId;
  #state: ToolState;
  #panHeld = false;
  #panned = false;

  constructor(port: ToolPort, tool: ToolId) {
    this.#port = port;
    this.#tool = tool;
    this.#state = tools[tool](port);
  }

  get tool(): ToolId {
    return this.#tool;
  }

  /** `point.pressing`. */
  get stateName(): string {
    return this.#state.name;
  }

  /** True between a press and its release. */
  get busy(): boolean {
    return !this.#state.name.endsWith('.idle');
  }

  choose(tool: ToolId): void {
    this.cancel();
    this.#tool = tool;
    this.#state = tools[tool](this.#port);
  }

  /** Ends what is under way with nothing done. True when there was something. */
  cancel(): boolean {
    if (!this.busy) return false;
    this.#state = this.#state.cancel?.() ?? tools[this.#tool](this.#port);
    return true;
  }

  /** While held, any press pans. */
  holdPan(): void {
    if (this.#panHeld) return;
    this.#panHeld = true;
    this.#panned = false;
  }

  get panHeld(): boolean {
    return this.#panHeld;
  }

  /** Answers whether the picture was panned meanwhile. */
  releasePan(): boolean {
    const panned = this.#panned;
    this.#panHeld = false;
    this.#panned = false;
    return panned;
  }

  pointerDown(pointer: Pointer): void {
    if (this.busy) return;
    if (pointer.button === 1 || this.#panHeld) {
      this.#panned = true;
      this.#state = panning(this.#tool, this.#port, pointer, () => tools[this.#tool](this.#port));
      return;
    }
    this.#state = this.#state.pointerDown?.(pointer) ?? this.#state;
  }

  pointerMove(pointer: Pointer): void {
    this.#state = this.#state.pointerMove?.(pointer) ?? this.#state;
  }

  pointerUp(pointer: Pointer): void {
    this.#state = this.#state.pointerUp?.(pointer) ?? this.#state;
  }
}
