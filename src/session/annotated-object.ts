import {
  deleteRangeEdit,
  markAbsentEdit,
  markPresentEdit,
  newObjectEdit,
  splitEdit,
  unlockEdit,
} from '../annotation';
import type {
  AnnotationDocument,
  Edit,
  FeatureValue,
  IdSource,
  MaskSource,
  NewObject,
  MaskStore,
  ObjectPatch,
  ObjectRecord,
} from '../annotation';
import { EditError } from '../errors';
import { encodeRunLength } from '../mask';
import type { Stroke } from '../mask';
import type { FeatureList } from './feature-list';
import type { FrameMask, MaskArray, MaskReader } from './mask-arrays';
import type { PromptPlace } from './prompt-desk';
import type { FrameSpan, Video } from './video';

/** Whether a click says “this is the object” or “this is not”. */
export type Sign = 'positive' | 'negative';

/** A mask given from code: uint8, 0 for background, `shape` = [height, width]. */
export interface GivenMask {
  readonly data: Uint8Array;
  readonly shape: readonly [height: number, width: number];
}

/** Where a mask comes from: as it is stored, or `absent` where the user said so. */
export interface MaskInfo {
  readonly source: MaskSource | { readonly kind: 'absent' };
  /** Pixels set. */
  readonly area: number;
}

/** A value that a feature had for a while; ends inclusive. */
export interface FeatureEvent {
  readonly first: number;
  readonly last: number;
  readonly value: FeatureValue;
}

type RangedEdit = (
  document: AnnotationDocument,
  objectId: string,
  range: FrameSpan,
  nextId: IdSource,
) => Edit;

/** What an object needs of its session. */
export interface ObjectOwner {
  readonly document: AnnotationDocument;
  readonly store: MaskStore;
  readonly video: Video;
  readonly reader: MaskReader;
  readonly features: FeatureList;
  nextId(): string;
  /** Applies an edit that moves masks together with their prompts: nothing is asked of the model. */
  restructure(label: string, edit: Edit): void;
  /** Applies an edit; resolves when the masks it asks for are there. */
  apply(edit: Edit): Promise<void>;
  /** Adds what a stroke covers to a mask, or takes it away. */
  draw(place: PromptPlace, stroke: Stroke, adds: boolean): Promise<unknown>;
}

/** One object of a session. It stays valid whatever is renamed; after `remove` its calls are refused. */
export class AnnotatedObject {
  readonly id: string;
  readonly #session: ObjectOwner;

  constructor(session: ObjectOwner, id: string) {
    this.#session = session;
    this.id = id;
  }

  get name(): string {
    return this.#record.name;
  }

  /** The value its pixels take in a label map. */
  get number(): number {
    return this.#record.number;
  }

  /** `#rrggbb`. */
  get color(): string {
    return this.#record.color;
  }

  /** The name of its class, or null. */
  get class(): string | null {
    const { classId } = this.#record;
    return this.#session.document.classes.find((one) => one.id === classId)?.name ?? null;
  }

  /** Frames that have a mask of this object (possibly an empty one), in order. */
  get frames(): number[] {
    return this.#session.document.track(this.id).frames();
  }

  /**
   * Where the mask of a frame comes from and how many pixels it has; null where none was computed (A4). A propagated
   * mask names its run: `session.runs` says which model and settings made it.
   */
  maskInfo(frame: number): MaskInfo | null {
    const { document } = this.#session;
    if (document.isAbsent(this.id, frame)) return { source: { kind: 'absent' }, area: 0 };
    const entry = document.track(this.id).entryAt(frame);
    return entry ? { source: entry.source, area: entry.area } : null;
  }

  /**
   * A click at `[x, y]` in stored pixels (x to the right, y down, (0, 0) the centre of the first pixel).
   * Resolves with the frame's mask.
   */
  async point(
    frame: number,
    [x, y]: readonly [x: number, y: number],
    sign: Sign = 'positive',
  ): Promise<FrameMask> {
    if (sign !== 'positive' && sign !== 'negative')
      throw new TypeError(`a point's sign is 'positive' or 'negative', not ${JSON.stringify(sign)}`);
    const prompt = { ...this.#prompt(frame), kind: 'point', x, y, positive: sign === 'positive' } as const;
    await this.#session.apply({ kind: 'add-prompt', prompt });
    return this.mask(frame);
  }

  /** A box `[x0, y0, x1, y1]`, edges inclusive; it takes the place of the frame's box. Resolves with the mask. */
  async box(frame: number, [x0, y0, x1, y1]: readonly [number, number, number, number]): Promise<FrameMask> {
    const prompt = { ...this.#prompt(frame), kind: 'box', x0, y0, x1, y1 } as const;
    await this.#session.apply(this.#replacing(frame, 'box', { kind: 'add-prompt', prompt }));
    return this.mask(frame);
  }

  /** A mask made elsewhere, as the truth of a frame: any value but 0 is object. */
  async drawMask(frame: number, { data, shape }: GivenMask): Promise<FrameMask> {
    const { width, height } = this.#session.video;
    if (shape[0] !== height || shape[1] !== width || data.length !== width * height) {
      throw new EditError(
        `A mask of this video has the shape [${height}, ${width}], not [${shape.join(', ')}] with ${data.length} values. Nothing was changed.`,
      );
    }
    const bits = Uint8Array.from(data, (value) => (value === 0 ? 0 : 1));
    const mask = await this.#session.store.put(encodeRunLength({ width, height, data: bits }));
    const prompt = { ...this.#prompt(frame), kind: 'mask', mask } as const;
    await this.#session.apply(this.#replacing(frame, 'mask', { kind: 'add-prompt', prompt }));
    return this.mask(frame);
  }

  /**
   * Draws with a brush or a lasso, in stored pixels: adds to the frame's mask, or takes away. What is drawn takes the
   * place of the frame's prompts, since the mask they made is in it. Resolves with the mask.
   *
   * @example await heron.draw(0, { kind: "brush", radius: 4, path: [410, 220, 430, 225] }, "negative");
   */
  async draw(frame: number, stroke: Stroke, sign: Sign = 'positive'): Promise<FrameMask> {
    this.#session.video.checkFrame(frame);
    await this.#session.draw({ objectId: this.id, frame }, stroke, sign === 'positive');
    return this.mask(frame);
  }

  /** Takes every prompt of this object off a frame. */
  async clearPrompts(frame: number): Promise<void> {
    const prompts = this.#session.document.promptsAt(this.id, frame);
    const edits = prompts.map((one): Edit => ({ kind: 'remove-prompt', promptId: one.id }));
    if (edits.length > 0) await this.#session.apply({ kind: 'together', edits });
  }

  /** One frame's mask: 1 where the object is. All 0 where none was computed. */
  async mask(frame: number): Promise<FrameMask> {
    this.#session.video.checkFrame(frame);
    return this.#session.reader.binary(this.id, frame);
  }

  /** The masks of a range (ends inclusive; the whole video where nothing is said) as one array. */
  async masks(options: { readonly range?: FrameSpan } = {}): Promise<MaskArray> {
    const span = this.#session.video.span(options.range);
    return this.#session.reader.stack(span, (frame, data) =>
      this.#session.reader.binary(this.id, frame, data),
    );
  }

  /** The masks of a range one by one, for videos too long for one array. */
  async *maskStream(
    options: { readonly range?: FrameSpan } = {},
  ): AsyncGenerator<FrameMask, void, undefined> {
    const [first, last] = this.#session.video.span(options.range);
    for (let frame = first; frame <= last; frame++) yield await this.mask(frame);
  }

  /** Pixels per frame over a range: int32, one value a frame, 0 where there is no mask. */
  areas(options: { readonly range?: FrameSpan } = {}): Int32Array {
    const [first, last] = this.#session.video.span(options.range);
    const track = this.#session.document.track(this.id);
    const { document } = this.#session;
    return Int32Array.from({ length: last - first + 1 }, (_, i) =>
      document.isAbsent(this.id, first + i) ? 0 : (track.entryAt(first + i)?.area ?? 0),
    );
  }

  /** Changes name, colour or visibility. */
  async change(patch: Omit<ObjectPatch, 'classId'>): Promise<void> {
    await this.#session.apply({ kind: 'change-object', objectId: this.id, patch });
  }

  /** Takes the object away, with its prompts and masks. */
  async remove(): Promise<void> {
    await this.#session.apply({ kind: 'remove-object', objectId: this.id });
  }

  /** Locks its masks on a range of frames: nothing changes them, and runs stop before them (F5). */
  async lock(range?: FrameSpan): Promise<void> {
    const [first, last] = this.#session.video.span(range);
    await this.#session.apply({
      kind: 'add-lock',
      lock: { id: this.#session.nextId(), objectId: this.id, first, last },
    });
  }

  /** Lets its masks on a range of frames be changed again. */
  async unlock(range?: FrameSpan): Promise<void> {
    await this.#applyRanged(unlockEdit, range);
  }

  /** Says that it is not in the picture on a range of frames, whatever was computed there (D2). */
  async markAbsent(range?: FrameSpan): Promise<void> {
    await this.#applyRanged(markAbsentEdit, range);
  }

  /** Takes {@link AnnotatedObject.markAbsent} back; the masks beneath are seen again. */
  async markPresent(range?: FrameSpan): Promise<void> {
    await this.#applyRanged(markPresentEdit, range);
  }

  /** Takes its prompts and masks off a range of frames (D2). */
  async deleteMasks(range?: FrameSpan): Promise<void> {
    await this.#applyRanged(deleteRangeEdit, range);
  }

  /** Makes an object of its own of what it has from a frame on (D2). Answers with that object. */
  async split(from: number, wanted: NewObject = {}): Promise<AnnotatedObject> {
    this.#session.video.checkFrame(from);
    const { document } = this.#session;
    const { edit, object } = newObjectEdit(document.records(), wanted, () => this.#session.nextId());
    if (edit.kind === 'together') await this.#session.apply(edit.edits[0]!);
    const classId = wanted.class === undefined ? this.#record.classId : object.classId;
    this.#session.restructure('Split object', splitEdit(document, this.id, from, { ...object, classId }));
    return new AnnotatedObject(this.#session, object.id);
  }

  /** Gives a feature (by name or id) a value from a frame on, until its next change; null: no value (E1). */
  async setFeature(feature: string, frame: number, value: FeatureValue | null): Promise<void> {
    const featureId = this.#session.features.get(feature).id;
    const change = { value };
    await this.#session.apply({ kind: 'set-feature', featureId, objectId: this.id, frame, change });
  }

  /** Takes the change of a feature on a frame away: the value before it goes on. */
  async clearFeature(feature: string, frame: number): Promise<void> {
    const featureId = this.#session.features.get(feature).id;
    await this.#session.apply({ kind: 'set-feature', featureId, objectId: this.id, frame, change: null });
  }

  /** The value of a feature on a frame; null where it has none. */
  feature(feature: string, frame: number): FeatureValue | null {
    this.#session.video.checkFrame(frame);
    return this.#session.document.featureAt(this.id, this.#session.features.get(feature).id, frame);
  }

  /** A feature's values as events, in time order; ends inclusive. */
  featureEvents(feature: string): FeatureEvent[] {
    const featureId = this.#session.features.get(feature).id;
    const { document, video } = this.#session;
    const changes = document.featureChanges.filter(
      (one) => one.objectId === this.id && one.featureId === featureId,
    );
    return changes.flatMap(({ frame, value }, i) => {
      const last = (changes[i + 1]?.frame ?? video.frameCount) - 1;
      return value === null ? [] : [{ first: frame, last, value }];
    });
  }

  /** Its run lengths on a frame (COCO order), or null where none was computed. */
  async runLength(
    frame: number,
  ): Promise<{ counts: Uint32Array; size: [height: number, width: number] } | null> {
    const mask = await this.#session.reader.runLength(this.id, frame);
    return mask && { counts: mask.counts, size: [mask.height, mask.width] };
  }

  get #record(): ObjectRecord {
    return this.#session.document.object(this.id);
  }

  #prompt(frame: number): { id: string; objectId: string; frame: number } {
    return { id: this.#session.nextId(), objectId: this.id, frame };
  }

  async #applyRanged(make: RangedEdit, range: FrameSpan | undefined): Promise<void> {
    const span = this.#session.video.span(range);
    const { document } = this.#session;
    await this.#session.apply(make(document, this.id, span, () => this.#session.nextId()));
  }

  #replacing(frame: number, kind: 'box' | 'mask', add: Edit): Edit {
    const before = this.#session.document.promptsAt(this.id, frame).filter((one) => one.kind === kind);
    const removes = before.map((one): Edit => ({ kind: 'remove-prompt', promptId: one.id }));
    return removes.length === 0 ? add : { kind: 'together', edits: [...removes, add] };
  }
}
