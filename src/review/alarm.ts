import type { AlarmKind, AlarmPlace } from '../annotation';
import type { FrameFigures } from './frame-figures';

/** What of an alarm's kind was seen. */
export type AlarmSign =
  /** Empty, where the object was whole on the frame before; not computed, between frames that were. */
  | 'gone'
  | 'hole'
  /** A jump of the area, of the place; an area that creeps away. */
  | 'area'
  | 'place'
  | 'creep'
  /** Where another object was on the frame before; the same pixels as another. */
  | 'taken'
  | 'shared'
  /** Two blocks disagree on the frame that they share. */
  | 'seam'
  /** A check from the other side comes to another mask. */
  | 'disagreement';

/** Something that a person should look at: one object, one frame, and why. */
export interface Alarm {
  readonly kind: AlarmKind;
  readonly sign: AlarmSign;
  readonly objectId: string;
  readonly frame: number;
  /** The other object of a swap; null in the other kinds. */
  readonly otherId: string | null;
  /** The last frame before on which the object was as it should be, as far as that is known. */
  readonly lastGood: number | null;
  /** What the rule compares with its threshold; 1 is just an alarm. */
  readonly strength: number;
  /** The two numbers that the alarm is about, such as pixels before and after (docs/review.md). */
  readonly before: number;
  readonly after: number;
  /** Tells the masks that the alarm is about: once they change, an alarm that was accepted is raised again. */
  readonly of: string;
  /** The frames that it speaks of, ends inclusive, where the rule knows more than {@link alarmExtent} finds. */
  readonly span?: readonly [first: number, last: number];
}

/** A name for an alarm's place, the same for the same kind, object and frame. */
export function alarmKey({ kind, objectId, frame }: AlarmPlace): string {
  return `${kind} ${objectId} ${frame}`;
}

/** Alarms of one kind and object so near to each other are one: the strongest. */
const together = 3;

/** The alarms of one kind and one object by frame, without those that a stronger one nearby speaks for. */
export function strongest(alarms: readonly Alarm[]): Alarm[] {
  const rising = [...alarms].sort((a, b) => a.frame - b.frame);
  const speaksFor = (other: Alarm, one: Alarm): boolean =>
    other.strength > one.strength || (other.strength === one.strength && other.frame <= one.frame);
  return rising.filter((one, i) => {
    for (let at = i - 1; at >= 0 && one.frame - rising[at]!.frame <= together; at--)
      if (speaksFor(rising[at]!, one)) return false;
    for (let at = i + 1; at < rising.length && rising[at]!.frame - one.frame <= together; at++)
      if (rising[at]!.strength > one.strength) return false;
    return true;
  });
}

/** Tells a mask from others by its figures. */
export function markOf(figures: FrameFigures | null): string {
  return figures === null ? 'none' : `${figures.area} ${figures.x.toFixed(2)} ${figures.y.toFixed(2)}`;
}

/** The middle of some numbers; null for none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
