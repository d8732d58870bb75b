import { LitElement, html, svg } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { sendCommand } from '../commands';
import { controls, grouped, icon } from '../theme';
import {
  fittedScale,
  frameAt,
  frameMiddle,
  framesShown,
  isWhole,
  kindAt,
  lanesInSight,
  revealed,
  scrolledTo,
  wholeScale,
  zoomScale,
} from '../timeline';
import type { TimelineScale } from '../timeline';
import { swatch } from './objects-panel';
import {
  drawBarriers,
  drawFlag,
  drawLane,
  drawMap,
  drawPadlocks,
  drawRange,
  drawRangeBand,
  drawRuler,
  laneHeight,
} from './timeline-lanes';
import type { Lane } from './timeline-lanes';
import { timelineStyles } from './timeline-styles';

/** What a drag on the timeline does. */
type Drag = 'scrub' | 'range-first' | 'range-last' | 'range-new' | 'map';

/** The frame slider, with a lane for each object; only what is in sight is drawn. */
export class Timeline extends LitElement {
  static override styles = [controls, timelineStyles];

  @property({ attribute: false }) lanes: readonly Lane[] = [];
  @property({ type: Number }) frame = 0;
  @property({ type: Number }) frameCount = 0;
  @property({ attribute: false }) range: readonly [number, number] | null = null;
  @property({ attribute: false }) barriers: readonly number[] = [];
  @property() chosenId: string | null = null;
  /** The frame a run has reached. */
  @property({ attribute: false }) runFrame: number | null = null;
  @state() private scale: TimelineScale = wholeScale(1, 0);
  @state() private scrolled = 0;
  @query('.ruler') private readonly ruler!: HTMLElement;
  @query('.lanes') private readonly lanesBox!: HTMLElement;
  #drag: Drag | null = null;
  #from = 0;
  #resizing: ResizeObserver | null = null;

  /** The frames in sight, ends inclusive. */
  get framesInSight(): readonly [number, number] {
    const first = Math.ceil(this.scale.first);
    const last = Math.floor(this.scale.first + framesShown(this.scale)) - 1;
    return [first, Math.min(Math.max(last, first), this.frameCount - 1)];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (typeof ResizeObserver === 'undefined') return;
    this.#resizing = new ResizeObserver(() => this.#fit());
    void this.updateComplete.then(() => this.ruler && this.#resizing?.observe(this.ruler));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing?.disconnect();
  }

  override render(): TemplateResult {
    const { scale } = this;
    return html`
      <div class="top">
        <div class="corner">
          <span>Timeline</span>
          ${this.#zoomButton('minus', 'Show more frames', 0.5, isWhole(scale))}
          ${this.#zoomButton('plus', 'Show fewer frames', 2, this.frameCount < 2)}
        </div>
        <div
          class="ruler slider"
          role="slider"
          tabindex="0"
          aria-label="Frame"
          aria-valuemin="0"
          aria-valuemax=${Math.max(0, this.frameCount - 1)}
          aria-valuenow=${this.frame}
          aria-valuetext=${this.#valueText()}
          @pointerdown=${(event: PointerEvent) => this.#press(event, 'scrub')}
          @pointermove=${(event: PointerEvent) => this.#move(event)}
          @pointerup=${() => (this.#drag = null)}
          @pointercancel=${() => (this.#drag = null)}
          @wheel=${(event: WheelEvent) => this.#wheel(event)}
        >
          <svg aria-hidden="true">
            ${drawRuler(scale, this.frame)} ${this.range ? drawRangeBand(scale, this.range) : ''}
            ${drawPadlocks(scale, this.barriers)} ${this.frameCount > 0 ? drawFlag(scale, this.frame) : ''}
          </svg>
          <div
            class="band"
            title="Drag for a range of frames (I and O)"
            @pointerdown=${(event: PointerEvent) => this.#pressBand(event)}
          ></div>
        </div>
      </div>
      ${this.#lanesTemplate()} ${isWhole(scale) ? '' : this.#mapTemplate()}
    `;
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has('frameCount')) this.scale = fittedScale(this.scale, this.scale.width, this.frameCount);
    if (changes.has('frame') && this.#drag !== 'map') this.scale = revealed(this.scale, this.frame);
  }

  protected override updated(changes: PropertyValues): void {
    if (changes.has('chosenId') && this.lanesBox) this.#revealLane();
  }

  #lanesTemplate(): TemplateResult {
    const height = this.lanes.length * laneHeight;
    return html`<div
      class="lanes"
      ?hidden=${this.lanes.length === 0}
      @scroll=${() => (this.scrolled = this.lanesBox.scrollTop)}
    >
      <div>
        ${this.lanes.map(
          ({ object }) =>
            html`<button
              class="head ${object.id === this.chosenId ? 'chosen' : ''}"
              style="width: 100%"
              tabindex="-1"
              title=${object.name}
              aria-label=${`Choose ${object.name}`}
              @click=${() => sendCommand(this, { do: 'choose-object', objectId: object.id })}
            >
              ${swatch(object)}<span class="cut">${object.name}</span>
            </button>`,
        )}
      </div>
      <div
        class="body"
        style=${`height: ${height}px`}
        @pointerdown=${(event: PointerEvent) => this.#press(event, 'scrub')}
        @pointermove=${(event: PointerEvent) => this.#move(event)}
        @pointerup=${() => (this.#drag = null)}
        @pointercancel=${() => (this.#drag = null)}
        @wheel=${(event: WheelEvent) => this.#wheel(event)}
      >
        <svg aria-hidden="true">${this.#drawnLanes(height)}</svg>
      </div>
    </div>`;
  }

  #drawnLanes(height: number): unknown {
    const { first, last } = lanesInSight(this.lanes.length, laneHeight, this.scrolled, 8 * laneHeight);
    const x = (frame: number): number => Math.round(frameMiddle(this.scale, frame) * 10) / 10;
    return [
      ...this.lanes
        .slice(first, last + 1)
        .map((lane, index) =>
          drawLane(lane, this.scale, (first + index) * laneHeight, lane.object.id === this.chosenId),
        ),
      drawBarriers(this.scale, this.barriers, height),
      this.range ? drawRange(this.scale, this.range, height) : '',
      this.runFrame === null
        ? ''
        : svg`<path class="run-head" d=${`M${x(this.runFrame)} 0v${height}`}></path>`,
      svg`<path class="playhead" d=${`M${x(this.frame)} 0v${height}`}></path>`,
    ];
  }

  #mapTemplate(): TemplateResult {
    const whole = wholeScale(this.frameCount, this.scale.width);
    return html`<div class="map">
      <div class="head cut">Whole video</div>
      <div
        class="body"
        @pointerdown=${(event: PointerEvent) => this.#press(event, 'map')}
        @pointermove=${(event: PointerEvent) => this.#move(event)}
        @pointerup=${() => (this.#drag = null)}
        @pointercancel=${() => (this.#drag = null)}
        @wheel=${(event: WheelEvent) => this.#wheel(event)}
      >
        ${drawMap(this.lanes, whole, this.scale, this.frame)}
      </div>
    </div>`;
  }

  #zoomButton(drawing: 'minus' | 'plus', name: string, factor: number, off: boolean): TemplateResult {
    return html`<button
      class="icon-button small"
      aria-label=${name}
      title=${`${name} (Ctrl + wheel)`}
      ?disabled=${off}
      @click=${() => {
        const at = frameMiddle(this.scale, this.frame);
        this.scale = zoomScale(this.scale, factor, Math.min(Math.max(at, 0), this.scale.width));
      }}
    >
      ${icon(drawing)}
    </button>`;
  }

  #valueText(): string {
    const lane = this.lanes.find((one) => one.object.id === this.chosenId);
    const locked = this.barriers.includes(this.frame) ? ', locked' : '';
    const words = `Frame ${grouped(this.frame)} of ${grouped(this.frameCount)}${locked}`;
    if (!lane) return words;
    const kind = lane.prompted.includes(this.frame) ? 'prompted' : kindAt(lane.runs, this.frame);
    return `${words}, ${lane.object.name} ${kind ?? 'without a mask'}`;
  }

  #fit(): void {
    const width = this.ruler.clientWidth;
    if (width > 0) this.scale = fittedScale(this.scale, width, this.frameCount);
  }

  #revealLane(): void {
    const at = this.lanes.findIndex((one) => one.object.id === this.chosenId);
    const top = at * laneHeight;
    const box = this.lanesBox;
    if (at < 0) return;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + laneHeight > box.scrollTop + box.clientHeight)
      box.scrollTop = top + laneHeight - box.clientHeight;
  }

  #press(event: PointerEvent, drag: Drag): void {
    if (event.button !== 0 || this.#drag !== null) return;
    this.#drag = drag;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.#move(event);
  }

  #pressBand(event: PointerEvent): void {
    if (event.button !== 0) return;
    const x = this.#x(event);
    const at = (frame: number): number => frameMiddle(this.scale, frame);
    this.#from = frameAt(this.scale, x);
    if (this.range && Math.abs(at(this.range[0]) - x) < 12) this.#drag = 'range-first';
    else if (this.range && Math.abs(at(this.range[1]) - x) < 12) this.#drag = 'range-last';
    else this.#drag = 'range-new';
    this.ruler.setPointerCapture(event.pointerId);
    event.stopPropagation();
    this.ruler.focus({ preventScroll: true });
  }

  #move(event: PointerEvent): void {
    const frame = frameAt(this.scale, this.#x(event));
    switch (this.#drag) {
      case null:
        return;
      case 'scrub':
        if (frame !== this.frame) sendCommand(this, { do: 'go-to-frame', frame });
        return;
      case 'range-first':
        return sendCommand(this, { do: 'set-range', range: [frame, this.range?.[1] ?? frame] });
      case 'range-last':
        return sendCommand(this, { do: 'set-range', range: [this.range?.[0] ?? frame, frame] });
      case 'range-new':
        if (frame !== this.#from) sendCommand(this, { do: 'set-range', range: [this.#from, frame] });
        return;
      case 'map': {
        const middle = frameAt(wholeScale(this.frameCount, this.scale.width), this.#x(event));
        this.scale = scrolledTo(this.scale, middle - framesShown(this.scale) / 2);
      }
    }
  }

  #x(event: MouseEvent): number {
    return event.clientX - this.ruler.getBoundingClientRect().left;
  }

  /** With Ctrl the wheel zooms, sideways it scrolls; the page's own scrolling is left alone. */
  #wheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey)
      this.scale = zoomScale(this.scale, Math.exp(-event.deltaY / 300), this.#x(event));
    else if (event.deltaX !== 0 || event.shiftKey)
      this.scale = scrolledTo(
        this.scale,
        this.scale.first + (event.deltaX || event.deltaY) / this.scale.pixelsPerFrame,
      );
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
