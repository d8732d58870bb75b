import type { AlarmKind } from '../../annotation';
import type { AlarmView, DocumentView, ReviewView } from '../../protocol';
import { alarmKey } from '../../review';
import type { KernelLink } from '../link';
import { AlarmCurve } from './alarm-curve';

/** What a review needs of the canvas around it. */
export interface AlarmPort {
  readonly link: Pick<KernelLink, 'state' | 'request'>;
  document(): DocumentView;
  changed(): void;
}

/** One view's way through the alarms: which kinds are shown, and which alarm is open. */
export class AlarmReview {
  readonly #port: AlarmPort;
  readonly #hidden = new Set<AlarmKind>();
  #open: string | null = null;
  #made: {
    readonly review: ReviewView;
    readonly document: DocumentView;
    readonly hidden: string;
    readonly shown: readonly AlarmView[];
  } | null = null;

  /** How the object's size goes around the open alarm. */
  readonly curve: AlarmCurve;

  constructor(port: AlarmPort) {
    this.#port = port;
    this.curve = new AlarmCurve(port);
  }

  /** The alarms of the kinds that are shown, in order of frame. The same list until something changes. */
  get shown(): readonly AlarmView[] {
    const [review, document, hidden] = [
      this.#port.link.state().review,
      this.#port.document(),
      [...this.#hidden].join(),
    ];
    const { accepted, objects } = document;
    const made = this.#made;
    if (
      made?.review === review &&
      made.document.accepted === accepted &&
      made.document.objects === objects &&
      made.hidden === hidden
    )
      return made.shown;
    const there = new Set(objects.map((one) => one.id));
    const told = new Map(accepted.map((one) => [alarmKey(one), one.of]));
    const shown = review.alarms.filter(
      (one) => !this.#hidden.has(one.kind) && there.has(one.objectId) && told.get(alarmKey(one)) !== one.of,
    );
    this.#made = { review, document, hidden, shown };
    return shown;
  }

  /** The alarm that is open; null where none is, or it is gone. */
  get open(): AlarmView | null {
    return this.#open === null ? null : (this.shown.find((one) => alarmKey(one) === this.#open) ?? null);
  }

  /** The number of the open alarm among those shown, from 0; -1 where none is open. */
  get index(): number {
    return this.#open === null ? -1 : this.shown.findIndex((one) => alarmKey(one) === this.#open);
  }

  /** Frames whose masks the open alarm is held against. */
  get compared(): readonly number[] {
    const frame = this.open?.lastGood ?? null;
    return frame === null ? [] : [frame];
  }

  /** Closes the open alarm. False where none is. */
  close(): boolean {
    const was = this.open !== null;
    this.#open = null;
    return was;
  }

  isShown(kind: AlarmKind): boolean {
    return !this.#hidden.has(kind);
  }

  show(kind: AlarmKind, on: boolean): void {
    if (on) this.#hidden.delete(kind);
    else this.#hidden.add(kind);
  }

  /** Opens an alarm, or none. */
  choose(key: string | null): AlarmView | null {
    this.#open = key;
    return this.open;
  }

  /** The alarm after the open one, or after a frame; round the end. Null where there is none. */
  step(way: 1 | -1, frame: number): AlarmView | null {
    const { shown, index } = this;
    if (shown.length === 0) return null;
    if (index >= 0) return shown.at((index + way) % shown.length) ?? null;
    const ahead =
      way === 1 ? shown.filter((one) => one.frame >= frame) : shown.filter((one) => one.frame <= frame);
    return (way === 1 ? ahead[0] : ahead.at(-1)) ?? (way === 1 ? shown[0]! : shown.at(-1)!);
  }
}
