import type { ReactiveController } from 'lit';
import type { CanvasDesk } from '../controllers';
import { isInPicture, toPicture } from '../drawing';
import type { Point } from '../drawing';
import { Pinch } from '../tools';
import type { Pointer } from '../tools';

/** What the pointers need of the stage. */
export interface PointerHost {
  addController(controller: ReactiveController): void;
  requestUpdate(): void;
  getBoundingClientRect(): DOMRect;
  readonly desk: CanvasDesk | null;
  focusCanvas(): void;
}

/** Mouse, pen and fingers over the stage: to the tools, to a preview while Shift is held, or to a pinch. */
export class StagePointers implements ReactiveController {
  readonly #host: PointerHost;
  readonly #pinch = new Pinch();
  /** The pointer that uses the tool. */
  #held: number | null = null;
  #penNear = false;
  #hover: Point | null = null;
  #shift = false;

  constructor(host: PointerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Where a mouse or pen is over the picture, in stored pixels; null for fingers and elsewhere. */
  get hover(): Point | null {
    return this.#hover;
  }

  hostDisconnected(): void {
    this.#leave();
  }

  readonly down = (event: PointerEvent): void => {
    const { desk } = this.#host;
    if (!desk) return;
    event.preventDefault();
    this.#host.focusCanvas();
    if (event.pointerType === 'touch') {
      // The hand that holds a pen lies on the screen.
      if (this.#penNear) return;
      this.#pinch.down(event.pointerId, this.#screen(event));
      if (this.#pinch.active) return this.#did(() => desk.tools.cancel());
    }
    this.#penNear ||= event.pointerType === 'pen';
    (event.target as HTMLElement).setPointerCapture(event.pointerId);
    this.#held = event.pointerId;
    this.#did(() => desk.tools.pointerDown(this.#pointer(event)));
  };

  readonly move = (event: PointerEvent): void => {
    const { desk } = this.#host;
    if (!desk) return;
    if (event.pointerType === 'pen') this.#penNear = true;
    if (event.pointerType === 'touch' && this.#pinched(desk, event)) return;
    this.#hover = event.pointerType === 'touch' ? null : this.#picture(event);
    this.#shift = event.shiftKey;
    if (desk.tools.busy && event.pointerId === this.#held)
      this.#did(() => desk.tools.pointerMove({ ...this.#pointer(event), between: this.#between(event) }));
    else this.#hovered();
  };

  readonly up = (event: PointerEvent): void => {
    const { desk } = this.#host;
    this.#pinch.up(event.pointerId);
    if (!desk || event.pointerId !== this.#held) return;
    this.#held = null;
    if (desk.tools.busy) this.#did(() => desk.tools.pointerUp(this.#pointer(event)));
  };

  readonly cancel = (event: PointerEvent): void => {
    this.#pinch.up(event.pointerId);
    this.#held = null;
    this.#did(() => this.#host.desk?.tools.cancel());
  };

  readonly leave = (event: PointerEvent): void => {
    if (event.pointerType === 'pen') this.#penNear = false;
    this.#leave();
  };

  /** Shift pressed or let go over a pointer that rests. */
  readonly key = (event: KeyboardEvent): void => {
    if (event.key !== 'Shift') return;
    this.#shift = event.type === 'keydown';
    this.#hovered();
  };

  #leave(): void {
    this.#hover = null;
    this.#shift = false;
    this.#hovered();
  }

  #hovered(): void {
    const { desk } = this.#host;
    if (!desk) return;
    const at = this.#hover;
    const asks = this.#shift && at && desk.editable && desk.tools.tool === 'point' && !desk.state.run;
    const wish =
      asks && isInPicture(desk.video, at)
        ? { objectId: desk.chosenObject?.id ?? null, frame: desk.frame, ...at, positive: !desk.flipped }
        : null;
    desk.preview.want(wish, desk.video);
    if (desk.tools.tool === 'brush') this.#host.requestUpdate();
  }

  #pinched(desk: CanvasDesk, event: PointerEvent): boolean {
    const step = this.#pinch.move(event.pointerId, this.#screen(event));
    if (!step) return this.#pinch.active;
    this.#did(() => {
      desk.stage.panBy(step.pan);
      desk.stage.zoomBy(step.factor, step.at);
      desk.changed();
    });
    return true;
  }

  #did(what: () => void): void {
    what();
    this.#host.requestUpdate();
  }

  #screen(event: { clientX: number; clientY: number }): Point {
    const box = this.#host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #picture(event: { clientX: number; clientY: number }): Point {
    return toPicture(this.#host.desk!.stage.transform, this.#screen(event));
  }

  #pointer(event: PointerEvent): Pointer {
    return { screen: this.#screen(event), picture: this.#picture(event), button: event.button };
  }

  #between(event: PointerEvent): Point[] {
    return (event.getCoalescedEvents?.() ?? []).map((one) => this.#picture(one));
  }
}
