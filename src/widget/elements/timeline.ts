import { LitElement, html, svg } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { sendCommand } from '../commands';
import { controls, icon } from '../theme';
import {
  fittedScale,
  frameAt,
  frameMiddle,
  framesShown,
  isWhole,
  revealed,
  rowAt,
  rowsHeight,
  rowsInSight,
  scrolledTo,
  timelineRows,
  wholeScale,
  zoomScale,
} from '../timeline';
import type { BlockBound, FeatureLane, Lane, MenuFacts, Row, TimelineScale } from '../timeline';
import { drawBarriers, drawBounds, drawRange, drawRow, lanePatterns, round } from './timeline-lanes';
import { scoreStyles } from './score-line';
import { drawMap, mapWindow } from './timeline-map';
import type { TimelineMenu } from './timeline-menu';
import { drawFlag, laneHead, laneMarks } from './timeline-parts';
import { TimelinePointer } from './timeline-pointer';
import { drawBlocks, drawPadlocks, drawRangeBand, drawRuler } from './timeline-ruler';
import { timelineStyles } from './timeline-styles';
import { placeText, valueTextAt } from './timeline-words';

/** So much of the lanes shows at once, in pixels. */
const lanesRoom = 216;

/** The frame slider, with a lane for each object and for the chosen one's features; only what is in sight is drawn. */
export class Timeline extends LitElement {
  static override styles = [controls, timelineStyles, scoreStyles];

  @property({ attribute: false }) lanes: readonly Lane[] = [];
  /** The chosen object's features. */
  @property({ attribute: false }) features: readonly FeatureLane[] = [];
  @property({ attribute: false }) bounds: readonly BlockBound[] = [];
  @property({ type: Number }) frame = 0;
  @property({ type: Number }) frameCount = 0;
  @property({ attribute: false }) range: readonly [number, number] | null = null;
  @property({ attribute: false }) barriers: readonly number[] = [];
  @property() chosenId: string | null = null;
  /** The frame a run has reached. */
  @property({ attribute: false }) runFrame: number | null = null;
  @property({ type: Boolean }) editable = true;
  /** What can be done at a place of the timeline depends on these; no menu without them. */
  @property({ attribute: false }) facts: MenuFacts | null = null;
  @state() private scale: TimelineScale = wholeScale(1, 0);
  @state() private scrolled = 0;
  @query('.ruler') private readonly ruler!: HTMLElement;
  @query('.lanes') private readonly lanesBox!: HTMLElement;
  @query('masklet-timeline-menu') private readonly menu!: TimelineMenu;
  readonly #pointer = new TimelinePointer({
    scale: () => this.scale,
    frame: () => this.frame,
    range: () => this.range,
    send: (command) => sendCommand(this, command),
    scroll: (scale) => (this.scale = scale),
    changed: () => this.requestUpdate(),
  });
  #rows: readonly Row[] = [];
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
          ${this.#zoomButton('plus', 'Show fewer frames', 2, this.frameCount < 2)} ${this.#barrierButton()}
        </div>
        ${this.#rulerTemplate()}
      </div>
      ${this.#lanesTemplate()} ${isWhole(scale) ? '' : this.#mapTemplate()}
      <masklet-timeline-menu
        .facts=${this.facts}
        @masklet-menu-closed=${() => this.ruler.focus({ preventScroll: true })}
      ></masklet-timeline-menu>
    `;
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has('frameCount')) this.scale = fittedScale(this.scale, this.scale.width, this.frameCount);
    if (changes.has('frame') && !this.#pointer.onMap) this.scale = revealed(this.scale, this.frame);
    if (changes.has('lanes') || changes.has('features') || changes.has('chosenId'))
      this.#rows = timelineRows(this.lanes, this.features, this.chosenId);
  }

  protected override updated(changes: PropertyValues): void {
    if (changes.has('chosenId') && this.lanesBox) this.#revealLane();
  }

  #rulerTemplate(): TemplateResult {
    const { scale, frame } = this;
    return html`<div
      class="ruler slider"
      role="slider"
      tabindex="0"
      aria-label="Frame"
      aria-haspopup="dialog"
      aria-valuemin="0"
      aria-valuemax=${Math.max(0, this.frameCount - 1)}
      aria-valuenow=${frame}
      aria-valuetext=${valueTextAt(this, frame)}
      @pointerdown=${(event: PointerEvent) => this.#press(event, (x) => this.#pointer.press(x))}
      @pointermove=${(event: PointerEvent) => this.#move(event, null)}
      @pointerup=${() => this.#pointer.release()}
      @pointercancel=${() => this.#pointer.cancel()}
      @wheel=${(event: WheelEvent) => this.#wheel(event)}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
      @contextmenu=${(event: MouseEvent) => this.#askMenu(event, null)}
    >
      <svg aria-hidden="true">
        ${drawRuler(scale, frame)}
        ${guard([scale, this.bounds, this.range, this.barriers], () => [
          drawBlocks(scale, this.bounds),
          this.range ? drawRangeBand(scale, this.range) : '',
          drawPadlocks(scale, this.barriers),
        ])}
        ${this.frameCount > 0 ? drawFlag(scale, frame) : ''}
      </svg>
      <div
        class="band"
        @pointerdown=${(event: PointerEvent) => {
          event.stopPropagation();
          this.#press(event, (x) => this.#pointer.pressBand(x));
        }}
      ></div>
    </div>`;
  }

  #lanesTemplate(): TemplateResult {
    const height = rowsHeight(this.#rows);
    const rows = rowsInSight(this.#rows, this.scrolled, lanesRoom);
    return html`<div
      class="lanes"
      ?hidden=${this.lanes.length === 0}
      @scroll=${() => (this.scrolled = this.lanesBox.scrollTop)}
    >
      <div class="heads" style=${`height: ${height}px`}>
        ${guard([rows[0], rows.at(-1), this.#rows, this.chosenId, this.frame], () =>
          repeat(
            rows,
            (row) => (row.kind === 'object' ? row.lane.object.id : row.lane.feature.id),
            (row) => laneHead(row, this.chosenId, this.frame, (command) => sendCommand(this, command)),
          ),
        )}
      </div>
      <div
        class="body"
        style=${`height: ${height}px`}
        @pointerdown=${(event: PointerEvent) => this.#pressLane(event)}
        @pointermove=${(event: PointerEvent) => this.#move(event, this.#rowUnder(event))}
        @pointerup=${() => this.#pointer.release()}
        @pointercancel=${() => this.#pointer.cancel()}
        @wheel=${(event: WheelEvent) => this.#wheel(event)}
        @contextmenu=${(event: MouseEvent) => this.#askMenu(event, this.#rowUnder(event))}
        @dblclick=${(event: MouseEvent) => {
          const row = this.#rowUnder(event);
          if (row?.kind === 'feature') this.#askMenu(event, row);
        }}
      >
        ${this.#drawnLanes(rows, height)}
      </div>
    </div>`;
  }

  #drawnLanes(rows: readonly Row[], height: number): TemplateResult {
    const { scale, chosenId, range, barriers, bounds } = this;
    const moving = this.#pointer.movingChange;
    const held = rows.find(
      (row) => row.kind === 'feature' && row.lane.feature.id === moving?.lane.feature.id,
    );
    const at = (frame: number): string => `transform: translateX(${round(frameMiddle(scale, frame))}px)`;
    return html`<svg aria-hidden="true">
        ${guard([rows[0], rows.at(-1), this.#rows, scale, chosenId, range, barriers, bounds], () => [
          lanePatterns,
          rows.map((row) => drawRow(row, scale, chosenId)),
          drawBounds(scale, bounds, height),
          drawBarriers(scale, barriers, height),
          range ? drawRange(scale, range, height) : '',
        ])}
        ${
          moving && held
            ? svg`<circle class="moving" cx=${frameMiddle(scale, moving.to)} cy=${held.top + held.height / 2} r="6"></circle>`
            : ''
        }
      </svg>
      ${guard([rows[0], rows.at(-1), this.#rows, scale], () => laneMarks(rows, scale))}
      ${this.runFrame === null ? '' : html`<div class="run-head" style=${at(this.runFrame)}></div>`}
      <div class="playhead" style=${at(this.frame)}></div>`;
  }

  #mapTemplate(): TemplateResult {
    const whole = wholeScale(this.frameCount, this.scale.width);
    const { left, width } = mapWindow(whole, this.scale);
    const x = (event: MouseEvent): number => this.#x(event);
    return html`<div class="map">
      <div class="head cut">Whole video</div>
      <div
        class="body"
        title="Drag to scroll"
        @pointerdown=${(event: PointerEvent) => this.#press(event, () => this.#pointer.pressMap(x(event)))}
        @pointermove=${(event: PointerEvent) => this.#pointer.move(x(event))}
        @pointerup=${() => this.#pointer.release()}
        @pointercancel=${() => this.#pointer.cancel()}
        @wheel=${(event: WheelEvent) => this.#wheel(event)}
      >
        ${guard([this.lanes, this.barriers, this.frameCount, this.scale.width], () =>
          drawMap(this.lanes, this.barriers, whole),
        )}
        <div
          class="window"
          style=${`transform: translateX(${round(left)}px); width: ${round(width)}px`}
        ></div>
        <div class="here" style=${`transform: translateX(${round(frameMiddle(whole, this.frame))}px)`}></div>
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

  #barrierButton(): TemplateResult {
    const on = this.barriers.includes(this.frame);
    return html`<button
      class="icon-button small barrier-button"
      aria-label="Lock this frame for all objects"
      title=${on ? 'Unlock this frame (K)' : 'Lock this frame for all objects: runs stop before it (K)'}
      aria-pressed=${on}
      ?disabled=${!this.editable || this.frameCount === 0}
      @click=${() => sendCommand(this, { do: 'toggle-barrier' })}
    >
      ${icon(on ? 'lock' : 'unlock')}
    </button>`;
  }

  #fit(): void {
    const width = this.ruler.clientWidth;
    if (width > 0) this.scale = fittedScale(this.scale, width, this.frameCount);
  }

  #revealLane(): void {
    const row = this.#rows.find((one) => one.kind === 'object' && one.lane.object.id === this.chosenId);
    const box = this.lanesBox;
    if (!row) return;
    if (row.top < box.scrollTop) box.scrollTop = row.top;
    else if (row.top + row.height > box.scrollTop + box.clientHeight)
      box.scrollTop = row.top + row.height - box.clientHeight;
  }

  #press(event: PointerEvent, begin: (x: number) => void): void {
    if (event.button !== 0 || this.#pointer.dragging) return;
    const target = event.currentTarget as HTMLElement;
    target.setPointerCapture(event.pointerId);
    this.ruler.focus({ preventScroll: true });
    begin(this.#x(event));
  }

  #pressLane(event: PointerEvent): void {
    const row = this.#rowUnder(event);
    this.#press(event, (x) =>
      row?.kind === 'feature' && this.editable
        ? this.#pointer.pressFeature(row.lane, x)
        : this.#pointer.press(x),
    );
  }

  #move(event: PointerEvent, row: Row | null): void {
    if (this.#pointer.dragging) return this.#pointer.move(this.#x(event));
    const place = event.currentTarget as HTMLElement;
    place.title = placeText(this, frameAt(this.scale, this.#x(event)), row, this.#isBand(event));
  }

  #isBand(event: PointerEvent): boolean {
    return (event.target as Element).classList.contains('band');
  }

  #askMenu(event: MouseEvent, row: Row | null): void {
    event.preventDefault();
    event.stopPropagation();
    this.#openMenu(event.clientX, event.clientY, frameAt(this.scale, this.#x(event)), row);
  }

  #openMenu(x: number, y: number, frame: number, row: Row | null): void {
    if (!this.facts || !this.editable || this.frameCount === 0) return;
    const objectId = row?.kind === 'object' ? row.lane.object.id : this.chosenId;
    void this.menu.openAt(x, y, { objectId, frame, feature: row?.kind === 'feature' ? row.lane : null });
  }

  /** The menu key opens what the right button does, at the frame in sight; a page is ten frames. */
  #key(event: KeyboardEvent): void {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = this.ruler.getBoundingClientRect();
      this.#openMenu(box.left + frameMiddle(this.scale, this.frame), box.bottom, this.frame, null);
    } else if (event.key === 'PageUp' || event.key === 'PageDown')
      sendCommand(this, { do: 'step', by: event.key === 'PageUp' ? 10 : -10 });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #rowUnder(event: MouseEvent): Row | null {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    return rowAt(this.#rows, event.clientY - box.top);
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
