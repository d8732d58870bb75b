import { noticesOf } from './notices';
import type { Notice, NoticeSources } from './notices';

/** The strips of one view: what failed or ended in it, and what its user has dismissed. */
export class NoticeDesk {
  readonly #dismissed = new Set<string>();
  #said: NoticeSources['said'] = null;
  #count = 0;

  /** Says what failed, in the place of what failed before. */
  report(error: Error): void {
    this.#say('error', error.message);
  }

  /** Says what became of something that went on unseen. */
  tell({ good, words }: { readonly good: boolean; readonly words: string }): void {
    this.#say(good ? 'info' : 'error', words);
  }

  dismiss(key: string): void {
    this.#dismissed.add(key);
  }

  /** The strips to show now. */
  list(sources: Omit<NoticeSources, 'said' | 'dismissed'>): Notice[] {
    return noticesOf({ ...sources, said: this.#said, dismissed: this.#dismissed });
  }

  #say(level: 'info' | 'error', message: string): void {
    this.#said = { key: `said-${++this.#count}`, level, message };
  }
}
