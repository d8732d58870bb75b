import type { ObjectRecord, PromptRecord } from '../../annotation';
import type { RunLength } from '../../mask';
import type {
  CanvasRequest,
  DocumentView,
  EngineView,
  PlaceView,
  VideoView,
  WidgetState,
} from '../../protocol';
import { nearestPixel } from '../drawing';
import type { Point } from '../drawing';
import { SignalOf, randomId } from '../link';
import type { KernelLink, Unsubscribe } from '../link';
import { ToolBox } from '../tools';
import type { Draft } from '../tools';
import { AlarmReview } from './alarm-review';
import { DrawnStrokes } from './drawn-strokes';
import { EditDesk } from './edit-desk';
import { HoverPreview } from './hover-preview';
import { MaskFeed } from './mask-feed';
import type { FrameMasks } from './mask-feed';
import { NoticeDesk } from './notice-desk';
import type { Notice } from './notices';
import { PageDesk } from './page-desk';
import { PictureFeed, pictureWidth } from './picture-feed';
import type { FramePicture, PictureDecoder } from './picture-feed';
import { Playback } from './playback';
import { promptTools } from './prompt-tools';
import type { PromptTools, TouchedPrompt } from './prompt-tools';
import { ResourceWatch } from './resource-watch';
import { RunDesk } from './run-desk';
import { StageView } from './stage-view';
import { stepOut } from './step-out';
import { toolPort } from './tool-port';

/** Pictures asked for before they are shown while playing. */
const prefetched = 3;
/** Played at this rate where the source has no time. */
const untimedRate = 12;

/**
 * One view's desk: all that happens on the canvas goes through it. It holds what belongs to this view alone (tool,
 * range, zoom), reads the rest from the kernel, and tells its listeners when anything has changed.
 */
export class CanvasDesk {
  readonly link: KernelLink;
  readonly stage: StageView = new StageView();
  readonly edits: EditDesk;
  readonly runs: RunDesk;
  readonly playback: Playback;
  readonly tools: ToolBox;
  readonly strokes: DrawnStrokes = new DrawnStrokes();
  readonly preview: HoverPreview;
  readonly pages: PageDesk;
  readonly resources: ResourceWatch;
  readonly alarms: AlarmReview;
  readonly #prompts: PromptTools;
  readonly #pictures: PictureFeed;
  readonly #masks: MaskFeed;
  readonly #changes = new SignalOf<void>();
  readonly #unsubscribe: Unsubscribe[];
  readonly #notices = new NoticeDesk();
  #range: readonly [number, number] | null = null;
  #promptId: string | null = null;
  #flipped = false;
  #brushRadius: number | null = null;
  #follow = false;
  #draft: Draft | null = null;
  #cross: Point | null = null;
  #touched: TouchedPrompt | null = null;
  #pixelRatio = 1;
  #engineState: EngineView['state'] = 'starting';

  constructor(link: KernelLink, decode: PictureDecoder) {
    this.link = link;
    const changed = (): void => this.changed();
    const failed = (error: Error): void => this.report(error);
    const request = link.request;
    this.edits = new EditDesk({
      request,
      document: () => link.state().document,
      nextId: randomId,
      failed,
      changed,
    });
    this.runs = new RunDesk({
      request,
      document: () => this.document,
      video: () => this.video,
      run: () => this.state.run,
      waiting: () => this.state.waitingRuns,
      coverage: () => this.state.coverage,
      range: () => this.#range,
      failed,
      changed,
    });
    this.playback = new Playback({
      frame: () => this.frame,
      frameCount: () => this.video.frameCount,
      rate: () => this.video.frameRate ?? untimedRate,
      isReady: (frame) => this.isReady(frame),
      show: (frame) => this.place({ frame }),
      changed,
    });
    this.preview = new HoverPreview({ request, changed });
    this.pages = new PageDesk({ request, changed, told: (outcome) => this.#notices.tell(outcome) });
    const watchable = (): boolean => link.connection !== 'gone' && !document.hidden;
    this.resources = new ResourceWatch({ request, watchable, changed });
    this.alarms = new AlarmReview({ link, document: () => this.document, changed });
    this.#pictures = new PictureFeed({ request, decode, changed, failed });
    this.#masks = new MaskFeed({ request, changed, failed });
    this.#prompts = promptTools(this);
    this.tools = new ToolBox(toolPort(this, this.#prompts), 'point');
    this.#unsubscribe = [
      link.onState(() => this.#stateChanged()),
      link.onConnection(() => this.#cameBack(link.connection === 'live')),
      link.onMasksChanged((change) => {
        this.#masks.invalidate(change);
        this.changed();
      }),
    ];
    this.changed();
  }

  /** Calls after anything has changed. */
  subscribe(listener: () => void): Unsubscribe {
    return this.#changes.subscribe(listener);
  }

  dispose(): void {
    this.#unsubscribe.forEach((off) => off());
    this.playback.stop();
    this.runs.dispose();
    this.resources.dispose();
    this.#pictures.dispose();
    this.#masks.dispose();
  }

  // What is there

  get state(): WidgetState {
    return this.link.state();
  }

  get video(): VideoView {
    return this.state.video;
  }

  /** The document with the edits that are on their way. */
  get document(): DocumentView {
    return this.edits.document();
  }

  /** False while the kernel is gone, and for work that is only looked at. */
  get editable(): boolean {
    return this.link.connection !== 'gone' && this.video.frameCount > 0 && this.state.readOnly === null;
  }

  get frame(): number {
    return Math.min(Math.max(this.state.place.frame, 0), Math.max(0, this.video.frameCount - 1));
  }

  /** The object that prompts are for; null only while there is none. */
  get chosenObject(): ObjectRecord | null {
    const { objects } = this.document;
    return objects.find((one) => one.id === this.state.place.objectId) ?? objects[0] ?? null;
  }

  /** The prompts that are drawn and can be held: the chosen object's, or everyone's in the view of prompts. */
  get promptsInSight(): readonly PromptRecord[] {
    const { mode } = this.state.place;
    if (mode === 'original' || mode === 'masks') return [];
    const { objects, prompts } = this.document;
    const chosen = this.chosenObject?.id;
    return prompts.filter((one) => {
      if (one.frame !== this.frame) return false;
      if (mode === 'overlay') return one.objectId === chosen;
      return objects.some((object) => object.id === one.objectId && !object.hidden);
    });
  }

  get picture(): FramePicture | null {
    return this.#pictures.best(this.frame);
  }

  /** The masks of the frame whose picture is shown; none while another picture stands in for it. */
  get masks(): FrameMasks {
    const { frame, video } = this;
    return this.strokes.over(frame, this.#masks.at(frame), this.#masks.versionAt(frame), video);
  }

  /** Of the open alarm's object, its mask on the last good frame; null where none is open, or it has not come yet. */
  get lastGood(): RunLength | null {
    const { open, compared } = this.alarms;
    return (open && this.#masks.at(compared[0] ?? -1).get(open.objectId)) ?? null;
  }

  get notices(): Notice[] {
    return this.#notices.list({ ...this.state, connection: this.link.connection });
  }

  get range(): readonly [number, number] | null {
    return this.#range;
  }

  get flipped(): boolean {
    return this.#flipped;
  }

  /** The brush's radius in stored pixels; a fortieth of the picture's shorter side to begin with. */
  get brushRadius(): number {
    const { width, height } = this.video;
    return this.#brushRadius ?? Math.max(1, Math.round(Math.min(width, height) / 40));
  }

  get follow(): boolean {
    return this.#follow;
  }

  get draft(): Draft | null {
    return this.#draft;
  }

  /** The keyboard's cross-hair, a pixel of the picture; null until it is used. */
  get cross(): Point | null {
    return this.#cross;
  }

  /** The prompt that Delete removes: one in sight, or none. */
  get chosenPrompt(): PromptRecord | null {
    return this.promptsInSight.find((one) => one.id === this.#promptId) ?? null;
  }

  /** The prompt whose mask is being computed now, on this frame. */
  get computing(): TouchedPrompt | null {
    const { engine, run } = this.state;
    const touched = this.#touched;
    if (!touched || touched.frame !== this.frame || run) return null;
    return engine.state === 'busy' || engine.state === 'starting' ? touched : null;
  }

  /** True when the frame can be shown whole: its picture, and its masks where it has any. */
  isReady(frame: number): boolean {
    if (!this.#pictures.has(frame)) return this.#pictures.isRefused(frame);
    return !this.#mayHaveMasks(frame) || this.#masks.isSettled(frame);
  }

  // What changes it

  /** Changes where the user is, for every view. */
  place(patch: Partial<PlaceView>): void {
    this.link.setPlace({ ...this.state.place, ...patch });
    this.changed();
  }

  /** Goes to a frame on the user's wish; the canvas stops following a run. */
  goTo(frame: number): void {
    this.#follow = false;
    this.playback.stop();
    const last = this.video.frameCount - 1;
    this.place({ frame: Math.min(Math.max(Math.round(frame), 0), Math.max(last, 0)) });
  }

  setRange(range: readonly [number, number] | null): void {
    const last = this.video.frameCount - 1;
    const inside = (frame: number): number => Math.min(Math.max(Math.round(frame), 0), last);
    this.#range = range && [inside(Math.min(...range)), inside(Math.max(...range))];
    this.changed();
  }

  setFlipped(flipped: boolean): void {
    this.#flipped = flipped;
  }

  /** From one pixel to half of the picture. */
  setBrushRadius(radius: number): void {
    const { width, height } = this.video;
    const most = Math.max(1, Math.max(width, height) / 4);
    this.#brushRadius = Math.min(Math.max(Math.round(radius * 2) / 2, 0.5), most);
  }

  setFollow(follow: boolean): void {
    this.#follow = follow;
    this.#followRun();
  }

  setCross(cross: Point | null): void {
    this.#cross = cross && nearestPixel(this.video, cross);
  }

  choosePrompt(promptId: string | null): void {
    this.#promptId = promptId;
  }

  dismissNotice(key: string): void {
    this.#notices.dismiss(key);
  }

  /** Device pixels per CSS pixel, so that pictures are asked for as sharp as the screen. */
  setPixelRatio(ratio: number): void {
    this.#pixelRatio = ratio;
    this.changed();
  }

  touch(touched: TouchedPrompt): void {
    this.#touched = touched;
  }

  setDraft(draft: Draft | null): void {
    this.#draft = draft;
    this.changed();
  }

  /** Asks the kernel for something that it answers by changing the state; what goes wrong becomes a strip. */
  ask(
    body: Extract<
      CanvasRequest,
      { kind: 'done' | 'use-model' | 'add-model' | 'stop-adding' | 'undo' | 'redo' | 'open' }
    >,
  ): void {
    this.link.request(body).catch((error: unknown) => this.report(error as Error));
  }

  /** Says what failed in a strip. A kernel that is gone has a strip of its own. */
  report(error: Error): void {
    if (this.link.connection === 'gone') return;
    this.#notices.report(error);
    this.changed();
  }

  /** Adds a point for the chosen object on this frame, in stored pixels; makes an object where there is none. */
  addPointAt(picture: Point, positive: boolean): void {
    this.#prompts.addPoint(picture, positive);
  }

  /** Ends the innermost thing under way. False when there is none, so that the keys go back to the notebook. */
  stepOut(): boolean {
    return stepOut(this);
  }

  /** Asks for what is in sight and tells the listeners. */
  changed(): void {
    const { video } = this;
    if (video.frameCount > 0) {
      this.stage.setPicture(video);
      const ahead = this.playback.ahead(prefetched);
      const devicePixels = this.stage.transform.scaleX * video.width * this.#pixelRatio;
      const width = this.stage.viewport.width > 0 ? pictureWidth(devicePixels, video.width) : 0;
      this.#pictures.want(this.frame, ahead, width);
      const wanted = [this.frame, ...ahead, ...this.alarms.compared];
      this.#masks.want(wanted.filter((frame) => this.#mayHaveMasks(frame)));
    }
    this.runs.refresh();
    this.playback.pulse();
    this.#changes.emit();
  }

  #stateChanged(): void {
    const { state } = this.state.engine;
    const ready = state === 'ready' && this.#engineState !== 'ready';
    this.#engineState = state;
    this.#followRun();
    this.#cameBack(ready);
  }

  /** After the kernel or the engine was away, what could not be had meanwhile is asked for again. */
  #cameBack(back: boolean): void {
    if (back) {
      this.#pictures.retry();
      this.#masks.retry();
    }
    this.changed();
  }

  #followRun(): void {
    const frame = this.state.run?.frame ?? null;
    if (!this.#follow || frame === null || frame === this.state.place.frame) return;
    this.link.setPlace({ ...this.state.place, frame });
  }

  #mayHaveMasks(frame: number): boolean {
    return this.state.coverage.some(({ runs }) =>
      runs.some((run) => run.first <= frame && frame <= run.last && run.kind !== 'absent'),
    );
  }
}
