import type { AppliedEdit, Edit, Step } from '../annotation';
import type { Ledger } from './ledger';
import { promptPlaces, touchedPlaces } from './prompt-desk';
import type { PromptDesk, PromptPlace } from './prompt-desk';
import type { ChangeOptions } from './session-options';

/** What edits and their answers need of a session. */
export interface AnsweredEditParts {
  readonly ledger: Ledger;
  readonly answers: PromptDesk;
  readonly warn: (error: unknown) => void;
}

/** Edits that ask the model for masks: made, taken back and brought back together with their answers. */
export class AnsweredEdits {
  readonly #parts: AnsweredEditParts;

  constructor(parts: AnsweredEditParts) {
    this.#parts = parts;
  }

  /** See {@link Session.change}. */
  change(edit: Edit, { gesture }: ChangeOptions): { applied: AppliedEdit; answered: Promise<void> } {
    const { ledger, answers, warn } = this.#parts;
    const step = gesture === undefined ? ledger.step(edit) : ledger.gesture(gesture, edit);
    const places = promptPlaces(edit, ledger.document);
    const applied = ledger.commit(edit, step);
    const answered = Promise.all(places.map((place) => answers.answer(place, step))).then(
      () => undefined,
      (error: unknown) => {
        warn(error);
        throw error;
      },
    );
    answered.catch(() => undefined);
    return { applied, answered };
  }

  /** After a step was taken or brought back: answers what its places still lack. Resolves with the step in words. */
  async settle(done: { step: Step; applied: AppliedEdit[] } | null): Promise<string | null> {
    if (!done) return null;
    const { answers } = this.#parts;
    const places = done.applied.flatMap(touchedPlaces);
    places.forEach((place) => answers.overtake(place));
    await this.#answerAgain(places.filter((place) => answers.isOutdated(place)));
    return done.step.label;
  }

  /** Answers prompts whose masks never came. */
  async answerOpen(): Promise<void> {
    const { ledger, answers } = this.#parts;
    await this.#answerAgain(ledger.document.prompts.filter((one) => answers.isOutdated(one)));
  }

  async #answerAgain(places: readonly PromptPlace[]): Promise<void> {
    const open = new Map(places.map((place) => [`${place.objectId} ${place.frame}`, place]));
    if (open.size === 0) return;
    const { ledger, answers, warn } = this.#parts;
    const step = ledger.history.undoable ?? ledger.step('Answer prompts');
    try {
      await Promise.all([...open.values()].map((place) => answers.answer(place, step)));
    } catch (error) {
      warn(error);
    }
  }
}
