import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { sendCommand } from '../commands';
import type { CanvasDesk } from '../controllers';
import { MaskPaths, fitView, paintStage, toScreen } from '../drawing';
import type { BrushTip, NameStyle, Point, StageScene } from '../drawing';
import { controls, counted, grouped, icon } from '../theme';
import { alarmFocus, alarmTip, drawingBox, previewTip, zoomBox } from './stage-hud';
import { StagePointers } from './stage-pointers';
import { stageStyles } from './stage-styles';

/** A turn of the wheel of this many pixels doubles or halves the zoom. */
const wheelDoubling = 300;
/** Only a picture that takes longer than this is said to be loading, in milliseconds. */
const loadingAfter = 400;

/** The canvas: the picture, what lies on it, and the pointer over it. */
export class Stage extends LitElement {
  static override styles = [controls, stageStyles];

  @property({ attribute: false }) desk: CanvasDesk | null = null;
  /** Grows with every change of the desk. */
  @property({ type: Number }) revision = 0;
  @property() names: NameStyle = 'names';
  @query('canvas') private readonly canvas!: HTMLCanvasElement;
  readonly #paths = new MaskPaths();
  readonly #pointers = new StagePointers(this);
  #resizing: ResizeObserver | null = null;
  #painting = 0;
  #missingSince: number | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (typeof ResizeObserver === 'undefined') return;
    this.#resizing = new ResizeObserver(() => this.#fit());
    this.#resizing.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing?.disconnect();
    cancelAnimationFrame(this.#painting);
    this.#painting = 0;
  }

  /** Where a pixel of the picture is in the window, in CSS pixels. */
  clientPlace(pixel: Point): Point {
    const box = this.getBoundingClientRect();
    const at = this.desk ? toScreen(this.desk.stage.transform, pixel) : { x: 0, y: 0 };
    return { x: box.left + at.x, y: box.top + at.y };
  }

  /** A JPEG of the frame with its masks and names, whole, as a data address; null while it is not there. */
  snapshot(width: number): string | null {
    const { desk } = this;
    if (!desk?.picture || desk.picture.frame !== desk.frame) return null;
    const { video } = desk;
    const height = Math.round((width * video.height) / (video.width * video.pixelAspect));
    const paper = document.createElement('canvas');
    Object.assign(paper, { width, height });
    const context = paper.getContext('2d');
    if (!context) return null;
    const plain = {
      prompts: [],
      draftBox: null,
      stroke: null,
      preview: null,
      brush: null,
      cross: null,
      focus: null,
    };
    const stage = { width, height };
    const scene = {
      ...this.#scene(desk),
      ...plain,
      stage,
      view: fitView(video, stage),
      mode: 'overlay' as const,
    };
    paintStage(context, { ...scene, chosenId: null }, this.#paths, 1);
    return paper.toDataURL('image/jpeg', 0.85);
  }

  /** Gives the keys to the canvas. */
  focusCanvas(): void {
    this.canvas.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    const { desk } = this;
    return html`
      <canvas
        role="application"
        tabindex="0"
        aria-label=${desk ? this.#summary(desk) : 'Picture'}
        style=${`cursor: ${this.#cursor()}`}
        @pointerdown=${this.#pointers.down}
        @pointermove=${this.#pointers.move}
        @pointerup=${this.#pointers.up}
        @pointercancel=${this.#pointers.cancel}
        @pointerleave=${this.#pointers.leave}
        @keydown=${this.#pointers.key}
        @keyup=${this.#pointers.key}
        @contextmenu=${(event: Event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
        @wheel=${(event: WheelEvent) => this.#wheel(event)}
      ></canvas>
      ${
        desk
          ? html`<div class="corner">${this.#followButton(desk)} ${drawingBox(this, desk)}</div>
              ${this.#tips(desk)} ${previewTip(desk)} ${alarmTip(desk)} ${zoomBox(this, desk)}`
          : ''
      }
    `;
  }

  protected override updated(): void {
    this.#painting ||= requestAnimationFrame(() => {
      this.#painting = 0;
      this.#paint();
    });
  }

  #followButton({ state, follow }: CanvasDesk): TemplateResult | '' {
    if (!state.run) return '';
    return html`<div class="hud follow">
      <button aria-pressed=${follow} @click=${() => sendCommand(this, { do: 'follow-run', follow: !follow })}>
        <span class="box">${follow ? icon('check') : ''}</span> Follow the run
      </button>
    </div>`;
  }

  #tips(desk: CanvasDesk): TemplateResult {
    const { computing } = desk;
    const at = computing ? toScreen(desk.stage.transform, computing.at) : null;
    const starting = desk.state.engine.state === 'starting';
    const empty = desk.document.objects.length === 0 && desk.editable && desk.picture !== null;
    return html`
      ${
        at
          ? html`<span class="tip waits" style=${`left: ${at.x + 18}px; top: ${at.y - 9}px`}
              >${starting ? 'waits for the model' : 'computing'}</span
            >`
          : ''
      }
      ${this.#isLoading(desk) ? html`<span class="tip waits waiting">Frame ${grouped(desk.frame)}</span>` : ''}
      ${
        empty
          ? html`<span class="hint"
              >Click on an object to mark it. Right-click where it is too much. Drag for a box.</span
            >`
          : ''
      }
    `;
  }

  #isLoading(desk: CanvasDesk): boolean {
    if (desk.video.frameCount === 0) return true;
    if (desk.picture?.frame === desk.frame) {
      this.#missingSince = null;
      return false;
    }
    const now = performance.now();
    if (this.#missingSince === null) {
      this.#missingSince = now;
      setTimeout(() => this.requestUpdate(), loadingAfter + 20);
    }
    return now - this.#missingSince > loadingAfter && desk.link.connection !== 'gone';
  }

  #summary(desk: CanvasDesk): string {
    const chosen = desk.chosenObject;
    const words = `Frame ${desk.frame} of ${desk.video.frameCount}`;
    if (!chosen) return `${words}, no object yet`;
    const prompts = desk.document.prompts.filter(
      (one) => one.objectId === chosen.id && one.frame === desk.frame,
    );
    return `${words}, ${chosen.name} chosen, ${prompts.length === 0 ? 'no prompt' : counted(prompts.length, 'prompt')} here`;
  }

  #cursor(): string {
    const { desk } = this;
    if (!desk) return 'default';
    if (desk.tools.stateName.endsWith('.panning')) return 'grabbing';
    if (desk.tools.panHeld) return 'grab';
    if (desk.tools.stateName.endsWith('.moving')) return 'move';
    if (desk.tools.tool === 'select' || !desk.editable) return 'default';
    return desk.tools.tool === 'brush' && this.#pointers.hover ? 'none' : 'crosshair';
  }

  #fit(): void {
    const { desk } = this;
    if (!desk || !this.isConnected) return;
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this;
    if (width === 0 || height === 0) return;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    desk.stage.resize({ width, height });
    desk.setPixelRatio(ratio);
    this.#paint();
  }

  #paint(): void {
    const { desk } = this;
    const context = this.canvas?.getContext('2d');
    if (!desk || !context || this.canvas.width === 0) return;
    paintStage(context, this.#scene(desk), this.#paths, this.canvas.width / desk.stage.viewport.width || 1);
    this.canvas.dataset['frame'] = String(desk.picture?.frame ?? -1);
    this.canvas.dataset['masks'] = [...desk.masks.keys()].join(' ');
  }

  #scene(desk: CanvasDesk): StageScene {
    const { draft, picture, masks } = desk;
    const { mode, opacity, outlines, contrast, names } = desk.state.place;
    const here = picture === null || picture.frame === desk.frame;
    const moved = draft?.kind === 'moved' ? draft.prompt : null;
    return {
      view: desk.stage.transform,
      stage: desk.stage.viewport,
      video: desk.video,
      picture,
      mode,
      opacity,
      outlines,
      contrast,
      objects: desk.document.objects
        .filter((object) => !object.hidden)
        .map((object) => ({ object, mask: here ? (masks.get(object.id) ?? null) : null })),
      chosenId: desk.chosenObject?.id ?? null,
      focus: alarmFocus(desk),
      prompts: here ? desk.promptsInSight.map((one) => (one.id === moved?.id ? moved : one)) : [],
      chosenPromptId: desk.chosenPrompt?.id ?? null,
      isPending: (id) => desk.edits.isPending(id),
      draftBox: draft?.kind === 'box' ? draft : null,
      stroke: draft?.kind === 'stroke' ? draft : null,
      preview: desk.preview.shown?.mask ?? null,
      brush: this.#brushTip(desk),
      cross: desk.cross,
      names: names ? this.names : 'none',
      font: getComputedStyle(this).fontFamily,
    };
  }

  #brushTip(desk: CanvasDesk): BrushTip | null {
    const { hover } = this.#pointers;
    if (!hover || desk.tools.tool !== 'brush' || !desk.editable || desk.tools.panHeld) return null;
    return { at: hover, radius: desk.brushRadius, adds: !desk.flipped };
  }

  /** The wheel zooms while the keys are here, or with Ctrl; else it scrolls the notebook past the widget. */
  #wheel(event: WheelEvent): void {
    const { desk } = this;
    if (!desk || !(event.ctrlKey || event.metaKey || this.matches(':focus-within'))) return;
    event.preventDefault();
    event.stopPropagation();
    const box = this.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const pixels = event.deltaMode === 0 ? event.deltaY : event.deltaY * 20;
    desk.stage.zoomBy(2 ** (-pixels / wheelDoubling), at);
    desk.changed();
  }
}
