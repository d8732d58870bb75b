import { expect } from '@jest/globals';
import type { PromptRecord } from '../../src/annotation';
import { movedPrompt, promptAt } from '../../src/widget/drawing';
import type { ToolId } from '../../src/widget/commands';
import { ToolBox } from '../../src/widget/tools';
import type { Draft, Pointer, ToolPort } from '../../src/widget/tools';

/** A pointer over a picture of 200 × 100 pixels, each two CSS pixels wide, with the tools in hand. */
export class PointerDriver {
  /** What the tools asked for, in words. */
  readonly did: string[] = [];
  prompts: PromptRecord[] = [];
  flipped = false;
  draft: Draft | null = null;
  readonly tools: ToolBox;

  constructor(tool: ToolId) {
    this.tools = new ToolBox(this.#port(), tool);
  }

  pointerDown(x: number, y: number, button = 0): this {
    this.tools.pointerDown(this.#pointer(x, y, button));
    return this;
  }

  /** `between`: places that the device tells besides, x, y, x, y …, CSS pixels. */
  pointerMove(x: number, y: number, between: readonly number[] = []): this {
    const finer = between.flatMap((_, i) =>
      i % 2 === 0 ? [this.#pointer(between[i]!, between[i + 1]!, 0).picture] : [],
    );
    this.tools.pointerMove({ ...this.#pointer(x, y, 0), between: finer });
    return this;
  }

  pointerUp(x: number, y: number): this {
    this.tools.pointerUp(this.#pointer(x, y, 0));
    return this;
  }

  click(x: number, y: number, button = 0): this {
    return this.pointerDown(x, y, button).pointerUp(x, y);
  }

  /** Escape or Space, as the canvas passes them on. */
  pressKey(key: 'Escape' | 'Space'): this {
    if (key === 'Escape') this.tools.cancel();
    else this.tools.holdPan();
    return this;
  }

  expectToBeIn(state: string): this {
    expect(this.tools.stateName).toBe(state);
    return this;
  }

  #pointer(x: number, y: number, button: number): Pointer {
    return { screen: { x, y }, picture: { x: x / 2 - 0.5, y: y / 2 - 0.5 }, button };
  }

  #port(): ToolPort {
    const picture = { width: 200, height: 100 };
    const view = { scaleX: 2, scaleY: 2, left: 0, top: 0 };
    const say = (...words: unknown[]): void => void this.did.push(words.join(' '));
    return {
      isFlipped: () => this.flipped,
      brushRadius: () => 4,
      draw: (stroke, adds) => say(stroke.kind, adds ? '+' : '-', ...stroke.path),
      promptAt: (screen) => promptAt(this.prompts, view, screen),
      movedPrompt: (hit, from, to) => movedPrompt(hit, from, to, picture),
      addPoint: ({ x, y }, positive) => say(positive ? '+' : '-', Math.round(x), Math.round(y)),
      addBox: (from, to) => say('box', from.x, from.y, to.x, to.y),
      movePrompt: (prompt) => say('moved', prompt.id, prompt.kind === 'point' ? prompt.x : ''),
      choosePrompt: (hit) => say('chose', hit?.prompt.id ?? 'none'),
      chooseObjectAt: () => say('object'),
      panBy: ({ x, y }) => say('pan', x, y),
      draft: (draft) => (this.draft = draft),
      isInPicture: ({ x, y }) => x >= 0 && y >= 0 && x < 200 && y < 100,
    };
  }
}
