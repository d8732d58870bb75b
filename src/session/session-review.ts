import type { AlarmKind, Edit } from '../annotation';
import { EditError } from '../errors';
import { emptyReview } from '../protocol';
import type { ReviewView } from '../protocol';
import { alarmEvidence, alarmKey } from '../review';
import type { AlarmSign } from '../review';
import type { CheckStep, CheckSummary } from './check-masks';
import type { CheckOptions } from './check-plan';
import type { OpenAlarm } from './open-alarms';
import { ReviewDesk } from './review-desk';
import type { Run } from './run';
import type { RunDesk } from './run-desk';
import { SessionResults } from './session-results';

/** So many alarms are told to a canvas; of the others only how many there are. */
const mostTold = 1000;

/** Something that a person should look at. */
export interface SessionAlarm {
  /** Tells it from the others: kind, object and frame. */
  readonly id: string;
  readonly kind: AlarmKind;
  /** What of its kind was seen. */
  readonly sign: AlarmSign;
  /** The object's name, and that of the other one of a swap. */
  readonly object: string;
  readonly other: string | null;
  /** The frame to look at first. */
  readonly frame: number;
  /** The frames that it speaks of; ends inclusive. */
  readonly first: number;
  readonly last: number;
  /** Why, in a sentence with its figures. */
  readonly evidence: string;
  /** The two numbers that the sentence is about, and how far they are past the threshold (1 is just an alarm). */
  readonly before: number;
  readonly after: number;
  readonly strength: number;
}

/** The review side of a session: what masks look wrong, by rules over their figures. */
export abstract class SessionReview extends SessionResults {
  protected abstract readonly checkMasks: RunDesk['check'];
  #desk: ReviewDesk | null = null;
  #stopFollowing: (() => void) | null = null;

  /**
   * Alarms that were not accepted, in order of frame, as far as masks were looked at. {@link SessionReview.review}
   * waits until all were.
   */
  get alarms(): readonly SessionAlarm[] {
    return this.#begun().alarms.map((one) => this.#record(one));
  }

  /** Looks at every mask that was not looked at yet, and resolves with the alarms that were not accepted. */
  async review(): Promise<readonly SessionAlarm[]> {
    await this.#begun().settled();
    return this.alarms;
  }

  /**
   * Compares masks with those that the model finds when it comes from the other side; {@link SessionReview.review} gives
   * the disagreements. No mask changes. Takes its turn, is followed and cancelled as a run, and is one step to undo.
   * Rejects with a SessionError or EditError when there is nothing to check.
   *
   * @example await session.check({ objects: ['heron'], range: [0, 200] });
   */
  check(options: CheckOptions = {}): Run<CheckStep, CheckSummary> {
    return this.checkMasks(options);
  }

  /**
   * Accepts an alarm, or several as one step to undo: what it is about is as it should be. It stays accepted until the
   * masks that it is about change. Rejects with an EditError, with nothing changed, where there is no such alarm.
   */
  async accept(alarm: SessionAlarm | readonly SessionAlarm[]): Promise<void> {
    const wanted = Array.isArray(alarm) ? (alarm as readonly SessionAlarm[]) : [alarm as SessionAlarm];
    const there = new Map(this.#begun().alarms.map((one) => [alarmKey(one), one]));
    const edits = wanted.map(({ id }): Edit => {
      const one = there.get(id);
      if (!one)
        throw new EditError(
          `There is no alarm “${id}” any more: it was accepted, or its masks changed. Nothing was changed.`,
          { id },
        );
      const { kind, objectId, frame, of } = one;
      return { kind: 'set-accepted', alarm: { kind, objectId, frame }, of };
    });
    if (edits.length > 0) await this.apply(edits.length === 1 ? edits[0]! : { kind: 'together', edits });
  }

  /** What a canvas shows. The first time it begins to look. */
  get reviewView(): ReviewView {
    const desk = this.#begun();
    const { alarms } = desk;
    const counts = { ...emptyReview.counts };
    for (const { kind } of alarms) counts[kind]++;
    return { alarms: alarms.slice(0, mostTold), counts, pending: desk.pending, checked: desk.checked };
  }

  protected endReview(): void {
    this.#stopFollowing?.();
    this.#desk?.stop();
  }

  /** Nobody pays for a review who does not ask for one: a command line does not. */
  #begun(): ReviewDesk {
    if (this.#desk) return this.#desk;
    let told = '';
    const desk = new ReviewDesk({
      document: this.document,
      store: this.store,
      tell: () => {
        const view = this.reviewView;
        const words = JSON.stringify(view);
        if (words !== told) this.emit('review', view);
        told = words;
      },
      warn: (error) =>
        this.emit('notice', {
          level: 'warning',
          message: error instanceof Error ? error.message : String(error),
        }),
    });
    this.#desk = desk;
    this.#stopFollowing = this.on('edit', (applied) => desk.touch(applied));
    return desk;
  }

  #record(alarm: OpenAlarm): SessionAlarm {
    const { kind, sign, objectId, otherId, frame, first, last, before, after, strength } = alarm;
    const nameOf = (id: string): string =>
      this.document.objects.find((one) => one.id === id)?.name ?? 'an object that was removed';
    return {
      ...{ id: alarmKey(alarm), kind, sign, object: nameOf(objectId) },
      ...{ other: otherId === null ? null : nameOf(otherId), frame, first, last },
      ...{ evidence: alarmEvidence(alarm, nameOf), before, after, strength },
    };
  }
}
