import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { WidgetState } from '../../protocol';
import { CommandEvent } from '../commands';
import type { Command, PageId } from '../commands';
import { CanvasDesk, OpeningDesk, decodePicture, performCommand } from '../controllers';
import type { PictureDecoder, PlacePicker } from '../controllers';
import type { NameStyle, Point } from '../drawing';
import type { KernelLink, Unsubscribe } from '../link';
import { controls, tokens } from '../theme';
import { Announcer } from './announcer';
import { emptyCanvas } from './empty-canvas';
import { focusedElement } from './focused-element';
import { KeyboardController } from './keyboard-controller';
import { ObjectViews, menuFacts, promptedObjects } from './object-views';
import { panelTemplate } from './panel-template';
import { pageOver } from './pages';
import type { PlayDeck } from './play-deck';
import type { Stage } from './stage';
import type { Timeline } from './timeline';
import { workbenchStyles } from './workbench-styles';

/** The whole widget on one page: takes a link to a kernel, and nothing else of where it is shown. */
export class Workbench extends LitElement {
  static override styles = [tokens, controls, workbenchStyles];

  /** Set before the element is put into the page. */
  @property({ attribute: false }) link: KernelLink | null = null;
  @property({ attribute: false }) decode: PictureDecoder = decodePicture;
  /** The dialogs of the program around the canvas; null where it has none. */
  @property({ attribute: false }) picker: PlacePicker | null = null;
  @state() private panelOpen = true;
  @state() private focusInside = false;
  @state() private names: NameStyle = 'names';
  @state() private revision = 0;
  @query('masklet-stage') private readonly stage!: Stage | null;
  @query('masklet-play-deck') private readonly playDeck!: PlayDeck | null;
  @query('masklet-timeline') private readonly timeline!: Timeline;
  readonly #announcer = new Announcer();
  readonly #views = new ObjectViews();
  #desk: CanvasDesk | null = null;
  #opening: OpeningDesk | null = null;
  /** The work that the desk is for. */
  #work = '';
  #page: PageId | null = null;
  #unsubscribe: Unsubscribe | null = null;
  #dropDesk: () => void = () => undefined;
  #resizing: ResizeObserver | null = null;

  constructor() {
    super();
    new KeyboardController(this, {
      perform: (command) => this.#perform(command),
      holdPan: () => this.#desk?.tools.holdPan(),
      releasePan: () => this.#desk?.tools.releasePan() ?? false,
    });
    this.addEventListener(CommandEvent.type, (event) => this.#perform((event as CommandEvent).command));
    this.addEventListener('focusin', () => (this.focusInside = true));
    this.addEventListener('focusout', () => (this.focusInside = this.matches(':focus-within')));
    this.addEventListener('masklet-toggle-panel', () => (this.panelOpen = !this.panelOpen));
    this.addEventListener('masklet-suggest-range', () => this.#suggestRange());
  }

  /** What the canvas holds and does; null before a link is set. */
  get desk(): CanvasDesk | null {
    return this.#desk;
  }

  /** Where a pixel of the picture is in the window, in CSS pixels. */
  clientPlace(pixel: Point): Point {
    return this.stage?.clientPlace(pixel) ?? { x: 0, y: 0 };
  }

  /** A JPEG of the frame in sight with its masks, as a data address; null while there is none. */
  snapshot(width: number): string | null {
    return this.#desk ? (this.stage?.snapshot(width) ?? null) : null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#openDesk();
    if (typeof ResizeObserver === 'undefined') return;
    this.#resizing = new ResizeObserver(() => this.#fitNames());
    this.#resizing.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing?.disconnect();
    this.#closeDesk();
  }

  override render(): TemplateResult | string {
    const desk = this.#desk;
    const opening = this.#opening;
    if (!desk || !opening) return '';
    if (desk.state.opening) return emptyCanvas(desk, opening, this.focusInside);
    const { video, place } = desk.state;
    const chosenId = desk.chosenObject?.id ?? null;
    const { editable } = desk;
    const shape = (video.width * video.pixelAspect) / Math.max(video.height, 1) || 1.78;
    return html`
      <div
        class="grid ${this.panelOpen ? '' : 'no-panel'}"
        role="region"
        ?inert=${desk.pages.page !== null}
        aria-label=${`Masklet, ${video.name}`}
        style=${`--shape: ${shape}`}
      >
        ${this.#topBar(desk)}
        <masklet-notice-strip .notices=${desk.notices}></masklet-notice-strip>
        <masklet-tool-strip
          .tool=${desk.tools.tool}
          .flipped=${desk.flipped}
          .editable=${editable}
          .mode=${place.mode}
        ></masklet-tool-strip>
        <div class="stage">
          <masklet-stage .desk=${desk} .revision=${this.revision} .names=${this.names}></masklet-stage>
        </div>
        ${panelTemplate(desk, this.#views)}
        <masklet-object-chips
          .objects=${desk.document.objects}
          .chosenId=${chosenId}
          .editable=${editable}
        ></masklet-object-chips>
        <div class="deck">${this.#decks(desk)}</div>
        ${this.#timelineTemplate(desk, chosenId)}
        <masklet-status-bar
          .tool=${desk.tools.tool}
          .flipped=${desk.flipped}
          .editable=${editable}
          .focused=${this.focusInside}
          .resources=${desk.resources.latest}
          .rates=${desk.resources.rates}
          .connected=${desk.link.connection !== 'gone'}
        ></masklet-status-bar>
        <div class="spoken" aria-live="polite">${this.#announcer.words}</div>
      </div>
      ${pageOver(desk, opening)}
    `;
  }

  protected override willUpdate(changes: PropertyValues): void {
    if (changes.has('link') && this.isConnected && this.#desk?.link !== this.link) this.#openDesk();
    if (changes.has('picker') && this.#opening) this.#opening.picker = this.picker;
    if (this.#desk) this.#announce(this.#desk.state);
  }

  #announce({ run, waitingRuns, review: { counts, pending } }: WidgetState): void {
    const alarms = Object.values(counts).reduce((sum, one) => sum + one, 0);
    this.#announcer.follow(run, waitingRuns.length, { alarms, pending });
  }

  /** A page that closes gives the keys back to the canvas. */
  protected override updated(): void {
    const page = this.#desk?.pages.page ?? null;
    if (this.#page !== null && page === null) this.stage?.focusCanvas();
    this.#page = page;
  }

  #decks(desk: CanvasDesk): TemplateResult {
    const { playback, runs } = desk;
    return html`<masklet-play-deck
        .frame=${desk.frame}
        .frameCount=${desk.video.frameCount}
        .frameRate=${desk.video.frameRate}
        .playing=${playback.playing ? playback.way : 0}
        .speed=${playback.speed}
      ></masklet-play-deck>
      <masklet-run-deck
        .run=${desk.state.run}
        .waiting=${desk.state.waitingRuns}
        .waitsAlready=${runs.waitsAlready}
        .allObjects=${desk.document.objects}
        .forecast=${runs.forecast}
        .direction=${runs.direction}
        .scope=${runs.scope}
        .objects=${promptedObjects(desk)}
        .range=${desk.range}
        .obstacle=${runs.obstacle}
        .starting=${runs.starting}
        .cancelling=${runs.cancelling}
        .editable=${desk.editable}
      ></masklet-run-deck>`;
  }

  #timelineTemplate(desk: CanvasDesk, chosenId: string | null): TemplateResult {
    return html`<masklet-timeline
      .lanes=${this.#views.lanes(desk, this.#views.marks(desk))}
      .features=${this.#views.features(desk)}
      .bounds=${this.#views.bounds(desk)}
      .facts=${menuFacts(desk)}
      .editable=${desk.editable}
      .frame=${desk.frame}
      .frameCount=${desk.video.frameCount}
      .range=${desk.range}
      .barriers=${desk.document.barriers}
      .chosenId=${chosenId}
      .runFrame=${desk.state.run?.frame ?? null}
    ></masklet-timeline>`;
  }

  #topBar(desk: CanvasDesk): TemplateResult {
    return html`<masklet-top-bar
      .name=${desk.video.name}
      .saving=${desk.state.saving}
      .history=${desk.state.history}
      .editable=${desk.editable}
      .mode=${desk.state.place.mode}
      .opacity=${desk.state.place.opacity}
      .engine=${desk.state.engine}
      .models=${desk.state.models}
      .running=${desk.state.run !== null}
      .connection=${desk.link.connection}
      .panelOpen=${this.panelOpen}
      .waiting=${desk.state.waiting && desk.editable}
    ></masklet-top-bar>`;
  }

  #openDesk(): void {
    this.#closeDesk();
    if (!this.link) return;
    const { link } = this;
    this.#opening = new OpeningDesk({ request: link.request, changed: () => this.revision++ });
    this.#opening.picker = this.picker;
    // Before the desk hears of it: what it keeps of one session is worth nothing for the next.
    const off = link.onState(() => {
      if (link.state().work !== this.#work) this.#changeWork(link);
    });
    this.#changeWork(link);
    this.#unsubscribe = () => {
      off();
      this.#dropDesk();
    };
  }

  #changeWork(link: KernelLink): void {
    this.#dropDesk();
    this.#work = link.state().work;
    const desk = (this.#desk = new CanvasDesk(link, this.decode));
    this.#dropDesk = () => {
      desk.dispose();
      off();
    };
    const off = desk.subscribe(() => this.revision++);
    this.#page = null;
    this.requestUpdate();
  }

  #closeDesk(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#desk = null;
    this.#opening = null;
  }

  #perform(command: Command): void {
    const desk = this.#desk;
    if (!desk) return;
    switch (command.do) {
      case 'ask-for-frame':
        return void this.playDeck?.askForFrame();
      case 'full-screen':
        return void this.#toggleFullScreen();
      case 'step-out':
        return this.#stepOut(desk);
      default:
        performCommand(desk, command);
    }
  }

  async #toggleFullScreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this.requestFullscreen?.().catch(() => undefined);
  }

  /** Escape: out of a field, out of what is under way, then out of the widget. */
  #stepOut(desk: CanvasDesk): void {
    if (desk.pages.close()) return;
    const focused = focusedElement(this.shadowRoot) as HTMLElement | null;
    if (focused?.tagName === 'INPUT') return void this.stage?.focusCanvas();
    if (desk.stepOut()) return;
    focused?.blur();
    const parent = this.closest<HTMLElement>('.jp-Notebook') ?? null;
    focusableAncestor(this.parentElement ?? parent)?.focus({ preventScroll: true });
  }

  #suggestRange(): void {
    const desk = this.#desk;
    if (!desk) return;
    const [first, last] = this.timeline.framesInSight;
    desk.setRange(desk.frame < last ? [desk.frame, last] : [first, last]);
  }

  #fitNames(): void {
    const width = this.clientWidth;
    if (width === 0) return;
    this.names = width < 558 ? 'chosen' : width < 998 ? 'digits' : 'names';
  }
}

/** The nearest element around that can have the focus: the notebook's cell. */
function focusableAncestor(from: HTMLElement | null): HTMLElement | null {
  return from?.closest<HTMLElement>('[tabindex]') ?? null;
}
