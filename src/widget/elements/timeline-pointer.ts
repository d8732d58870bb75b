import type { Command } from '../commands';
import { frameAt, frameMiddle, framesShown, markPlaces, scrolledTo, wholeScale } from '../timeline';
import type { FeatureLane, FrameRange, TimelineScale } from '../timeline';

/** What the pointer needs of the timeline. */
export interface PointerPort {
  readonly scale: () => TimelineScale;
  readonly frame: () => number;
  readonly range: () => FrameRange | null;
  readonly send: (command: Command) => void;
  readonly scroll: (scale: TimelineScale) => void;
  readonly changed: () => void;
}

/** A change of a feature that is being dragged to another frame. */
export interface MovingChange {
  readonly lane: FeatureLane;
  readonly from: number;
  readonly to: number;
}

type Drag =
  | { readonly kind: 'scrub' | 'range-first' | 'range-last' | 'map' }
  | { readonly kind: 'range-new'; readonly from: number }
  | ({ readonly kind: 'change' } & MovingChange);

/** Within this many pixels a press takes hold of a handle or a mark. */
const reach = 10;

/** What a press and a drag on the timeline do. Places are pixels from the left edge of its frames. */
export class TimelinePointer {
  readonly #port: PointerPort;
  #drag: Drag | null = null;
  #moved = false;

  constructor(port: PointerPort) {
    this.#port = port;
  }

  /** True while something is dragged. */
  get dragging(): boolean {
    return this.#drag !== null;
  }

  /** True while the map is dragged: the part in sight then follows the pointer, not the frame. */
  get onMap(): boolean {
    return this.#drag?.kind === 'map';
  }

  get movingChange(): MovingChange | null {
    return this.#drag?.kind === 'change' ? this.#drag : null;
  }

  /** A press among the frames or on a lane: goes there. */
  press(x: number): void {
    this.#start({ kind: 'scrub' }, x);
  }

  pressMap(x: number): void {
    this.#start({ kind: 'map' }, x);
  }

  /** A press on a feature's lane: takes hold of a change, or goes there. */
  pressFeature(lane: FeatureLane, x: number): void {
    const scale = this.#port.scale();
    const near = lane.events
      .map(({ first }) => ({ first, off: Math.abs(frameMiddle(scale, first) - x) }))
      .filter(({ off }) => off < reach)
      .sort((a, b) => a.off - b.off)[0];
    if (!near || markPlaces([near.first], scale).length === 0) return this.press(x);
    this.#start({ kind: 'change', lane, from: near.first, to: near.first }, x);
  }

  /** A press on the band at the top of the ruler: takes hold of a handle, or begins a range. */
  pressBand(x: number): void {
    const scale = this.#port.scale();
    const range = this.#port.range();
    const isNear = (frame: number): boolean => Math.abs(frameMiddle(scale, frame) - x) < reach + 2;
    if (range && isNear(range[0])) this.#start({ kind: 'range-first' });
    else if (range && isNear(range[1])) this.#start({ kind: 'range-last' });
    else this.#start({ kind: 'range-new', from: frameAt(scale, x) });
  }

  move(x: number): void {
    const drag = this.#drag;
    if (!drag) return;
    const { scale, frame, range, send } = this.#port;
    const at = frameAt(scale(), x);
    switch (drag.kind) {
      case 'scrub':
        if (at !== frame()) send({ do: 'go-to-frame', frame: at });
        return;
      case 'range-first':
        return send({ do: 'set-range', range: [at, range()?.[1] ?? at] });
      case 'range-last':
        return send({ do: 'set-range', range: [range()?.[0] ?? at, at] });
      case 'range-new':
        this.#moved ||= at !== drag.from;
        if (this.#moved) send({ do: 'set-range', range: [drag.from, at] });
        return;
      case 'change':
        this.#drag = { ...drag, to: at };
        return this.#port.changed();
      case 'map': {
        const { frameCount, width } = scale();
        const middle = frameAt(wholeScale(frameCount, width), x);
        this.#port.scroll(scrolledTo(scale(), middle - framesShown(scale()) / 2));
      }
    }
  }

  /** The button was let go. */
  release(): void {
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.kind === 'range-new' && !this.#moved) this.#port.send({ do: 'go-to-frame', frame: drag.from });
    if (drag?.kind === 'change') this.#dropChange(drag);
  }

  /** The press was taken away: what was dragged stays where it was. */
  cancel(): void {
    this.#drag = null;
    this.#port.changed();
  }

  #start(drag: Drag, x?: number): void {
    if (this.#drag) return;
    this.#drag = drag;
    this.#moved = false;
    if (x !== undefined) this.move(x);
  }

  #dropChange({ lane, from, to }: MovingChange): void {
    const { id: featureId } = lane.feature;
    if (from === to) this.#port.send({ do: 'go-to-frame', frame: from });
    else this.#port.send({ do: 'move-change', featureId, objectId: lane.objectId, from, to });
    this.#port.changed();
  }
}
