import { isMaskletError } from '../../errors';
import type { OfferedView, PlaceRequest, VideoTrouble } from '../../protocol';
import type { RequestSender } from '../link';

/** What can be chosen in a dialog. */
export type ChosenKind = 'video' | 'pictures' | 'session';

/** The dialogs of the program around the canvas for choosing a file or folder. */
export interface PlacePicker {
  /** Resolves with what was chosen, null where the dialog was left. */
  choose(kind: ChosenKind): Promise<PlaceRequest | null>;
  /** What was dragged here out of the program's own list of files, which is told that it is taken; null where it is something else. */
  dropped(event: Event): PlaceRequest | null;
}

/** Why nothing was opened. */
export interface OpeningFailure {
  /** What happened. */
  readonly title: string;
  /** What was kept and what to do. */
  readonly text: string;
  /** A session that is there, without its video. */
  readonly trouble: VideoTrouble | null;
}

/** How to open something, besides where it is. */
export interface OpeningWay {
  /** Where a session's video is now. */
  readonly video?: PlaceRequest;
  /** A session to look at and to export. */
  readonly withoutVideo?: boolean;
}

/** What is being opened. */
export interface UnderWay {
  /** Its name, without the folders before it. */
  readonly name: string;
  /** Its first picture as a data address, as soon as that is there. */
  readonly picture: string | null;
}

/** What the desk needs of the canvas. */
export interface OpeningPort {
  readonly request: RequestSender;
  changed(): void;
}

/** Pixels across of the first picture. */
const glimpseWidth = 960;

/**
 * What there is to open, and the opening of it: by what was typed, chosen in a dialog, dropped, or open before. One at a
 * time; what is on the canvas stays until the other is there.
 */
export class OpeningDesk {
  readonly #port: OpeningPort;
  #picker: PlacePicker | null = null;
  #offered: OfferedView | null = null;
  #underWay: UnderWay | null = null;
  #failure: OpeningFailure | null = null;
  #last: PlaceRequest | null = null;
  #asked = 0;
  #revision = 0;

  constructor(port: OpeningPort) {
    this.#port = port;
  }

  /** Counts the changes. */
  get revision(): number {
    return this.#revision;
  }

  /** Null where the program around the canvas has no dialogs: then paths are typed. */
  get picker(): PlacePicker | null {
    return this.#picker;
  }

  set picker(picker: PlacePicker | null) {
    this.#picker = picker;
    this.#revision++;
  }

  /** Null until the kernel has said it. */
  get offered(): OfferedView | null {
    return this.#offered;
  }

  get underWay(): UnderWay | null {
    return this.#underWay;
  }

  get failure(): OpeningFailure | null {
    return this.#failure;
  }

  /** Asks anew what there is. */
  async load(): Promise<void> {
    try {
      this.#offered = (await this.#port.request({ kind: 'offered' })).value;
    } catch (error) {
      this.#failure ??= failureOf(error);
    }
    this.#changed();
  }

  /** Opens what is at a place. True when it is on the canvas. */
  async open(place: PlaceRequest, way: OpeningWay = {}): Promise<boolean> {
    if (this.#underWay) return false;
    this.#last = place;
    this.#failure = null;
    this.#underWay = { name: nameOf(place), picture: null };
    this.#changed();
    // Asked for first, it is answered first.
    void this.#glimpse(way.video ?? place, ++this.#asked);
    try {
      await this.#port.request({ kind: 'open', place, ...way });
      return true;
    } catch (error) {
      this.#failure = failureOf(error);
      return false;
    } finally {
      this.#underWay = null;
      this.#changed();
    }
  }

  /** Lets the user choose in a dialog, and opens that. */
  async choose(kind: ChosenKind): Promise<boolean> {
    const place = await this.#picked(kind);
    return place ? this.open(place) : false;
  }

  /** Opens the session whose video is missing with what the user chooses in a dialog. */
  async chooseVideo(): Promise<boolean> {
    const video = await this.#picked('video');
    return video ? this.openWith({ video }) : false;
  }

  /** Opens what could not be opened once more, another way. */
  async openWith(way: OpeningWay): Promise<boolean> {
    const session = this.#failure?.trouble?.session;
    const place = session === undefined ? this.#last : { typed: session };
    return place ? this.open(place, way) : false;
  }

  async forget(path: string): Promise<void> {
    try {
      await this.#port.request({ kind: 'forget', path });
    } catch (error) {
      this.#failure = failureOf(error);
    }
    await this.load();
  }

  dismissFailure(): void {
    this.#failure = null;
    this.#changed();
  }

  #changed(): void {
    this.#revision++;
    this.#port.changed();
  }

  async #picked(kind: ChosenKind): Promise<PlaceRequest | null> {
    try {
      return (await this.#picker?.choose(kind)) ?? null;
    } catch (error) {
      this.#failure = failureOf(error);
      this.#changed();
      return null;
    }
  }

  /** The first picture is there long before a long video is open. One that cannot be had is not missed. */
  async #glimpse(place: PlaceRequest, asked: number): Promise<void> {
    const answer = await this.#port
      .request({ kind: 'glimpse', place, maxWidth: glimpseWidth })
      .catch(() => null);
    const bytes = answer?.buffers[0];
    if (!bytes || !this.#underWay || this.#asked !== asked) return;
    this.#underWay = { ...this.#underWay, picture: dataAddress(answer.value.type, bytes) };
    this.#changed();
  }
}

/** The first sentence is what happened. */
function failureOf(error: unknown): OpeningFailure {
  const message = error instanceof Error ? error.message : String(error);
  const end = /[.!?](?=\s+\p{Lu})/u.exec(message);
  const cut = end ? end.index + 1 : message.length;
  return { title: message.slice(0, cut), text: message.slice(cut).trim(), trouble: troubleOf(error) };
}

function troubleOf(error: unknown): VideoTrouble | null {
  if (!isMaskletError(error)) return null;
  const { code, session, kept, saved, given } = error.fields;
  if (typeof session !== 'string') return null;
  return {
    code: code === 'other-video' ? code : 'video-missing',
    session,
    kept: String(kept ?? ''),
    saved: String(saved ?? ''),
    ...(typeof given === 'string' ? { given } : {}),
  };
}

function nameOf(place: PlaceRequest): string {
  const path = 'typed' in place ? place.typed : place.chosen;
  return (
    path
      .replace(/[/\\]+$/, '')
      .split(/[/\\]/)
      .at(-1) ?? path
  );
}

function dataAddress(type: string, bytes: DataView): string {
  const all = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at < all.length; at += 8192) text += String.fromCharCode(...all.subarray(at, at + 8192));
  return `data:${type};base64,${btoa(text)}`;
}
