import type { AppliedEdit } from '../annotation';
import type { ModelSettings } from '../engine/models';
import type { EvaluationView, ReviewView, RunView, WaitingRun } from '../protocol';

/** What a session tells its listeners. */
export interface SessionEvents {
  /** The document changed, by a person, a cell or a result. */
  readonly edit: AppliedEdit;
  /** Masks on these frames are not what they were; ends inclusive. */
  readonly masks: { readonly objectIds: readonly string[]; readonly first: number; readonly last: number };
  /** A run began, went on or ended (null). */
  readonly run: RunView | null;
  /** Other runs wait than before; the next first. */
  readonly queue: readonly WaitingRun[];
  /** The model computes masks for prompts, or no longer does. */
  readonly busy: boolean;
  /** Something the user should read. */
  readonly notice: { readonly level: 'info' | 'warning' | 'error'; readonly message: string };
  /** The session goes on with another model or provider. */
  readonly model: ModelInUse;
  /** The work is kept at another place now. */
  readonly saved: string | null;
  /** The session was closed; what it was kept in. */
  readonly closed: string | null;
  /** How the masks agree with known ones, after {@link Session.evaluate} and whenever masks change since. */
  readonly evaluation: EvaluationView | null;
  /** Alarms came or went, or masks are yet to be looked at. */
  readonly review: ReviewView;
  /** A cell began or stopped waiting for {@link Session.done}. */
  readonly waiting: boolean;
}

/** The model that answers a session's prompts. */
export interface ModelInUse {
  readonly name: string;
  readonly title: string;
  /** What was asked for: `auto`, `cpu` … */
  readonly choice: string;
  readonly threads: number;
  /** MiB that its cache may take. */
  readonly cacheMiB: number;
  /** What trades quality for speed; empty where nothing was set. */
  readonly settings: ModelSettings;
  /** What computes, in words. */
  readonly provider: string;
  /** Providers that could be asked for. */
  readonly providers: readonly string[];
  readonly notes: readonly string[];
}

export type SessionEventName = keyof SessionEvents;

type Listener<K extends SessionEventName> = (event: SessionEvents[K]) => void;

/** Listeners by event. One that throws is reported and does not keep the others from hearing. */
export class SessionEmitter {
  readonly #listeners = new Map<SessionEventName, Set<Listener<never>>>();

  on<K extends SessionEventName>(name: K, listener: Listener<K>): () => void {
    let set = this.#listeners.get(name);
    if (!set) this.#listeners.set(name, (set = new Set()));
    set.add(listener);
    return () => set.delete(listener);
  }

  emit<K extends SessionEventName>(name: K, event: SessionEvents[K]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        (listener as Listener<K>)(event);
      } catch (error) {
        console.error(`A listener to “${name}” failed; the session goes on.`, error);
      }
    }
  }
}
