import { noticesOf } from './notices';
import type { Notice, NoticeSources } from './notices';

/** The strips of one view: what failed in it, and what its user has dismissed. */
export class NoticeDesk {
  readonly #dismissed = new Set<string>();
  #failure: { readonly key: string; readonly message: string } | null = null;
  #failures = 0;

  /** Says what failed, in the place of what failed before. */
  report(error: Error): void {
    this.#failure = { key: `failure-${++this.#failures}`, message: error.message };
  }

  dismiss(key: string): void {
    this.#dismissed.add(key);
  }

  /** The strips to show now. */
  list(sources: Omit<NoticeSources, 'failure' | 'dismissed'>): Notice[] {
    return noticesOf({ ...sources, failure: this.#failure, dismissed: this.#dismissed });
  }
}
