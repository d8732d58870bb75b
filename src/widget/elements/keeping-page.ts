import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { sendCommand } from '../commands';
import type { PageOutcome } from '../controllers';
import { controls } from '../theme';
import { outcomeBox } from './export-page';
import { pageStyles } from './page-styles';

/** What is asked before the work is kept elsewhere, begun anew, or closed. */
export type KeepingQuestion = 'save-as' | 'start-over' | 'close';

/** One question about where the work is kept, with what will happen said before it does. */
export class KeepingPage extends LitElement {
  static override styles = [controls, pageStyles];

  @property() question: KeepingQuestion = 'save-as';
  @property() saving = '';
  @property() name = '';
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) outcome: PageOutcome | null = null;
  @state() private path: string | null = null;

  override render(): TemplateResult {
    switch (this.question) {
      case 'save-as':
        return this.#saveAs();
      case 'start-over':
        return this.#confirm(
          'Every object, feature, prompt, mask and lock is taken away. It is one step: Undo brings all of it back. Files that were exported stay.',
          'Start over',
          () => sendCommand(this, { do: 'start-over' }),
        );
      case 'close':
        return this.#confirm(
          `A run under way ends after its frame, runs that wait are not begun, everything is written down, and the canvas then offers what there is to open, this first. ${this.saving}.`,
          'Close the session',
          () => sendCommand(this, { do: 'close-session' }),
        );
    }
  }

  #saveAs(): TemplateResult {
    const path = this.path ?? `${this.name.replace(/\.[^.]*$/, '')}.masklet`;
    return html`<form
      @submit=${(event: Event) => {
        event.preventDefault();
        sendCommand(this, { do: 'save-as', path: path.trim() });
      }}
    >
      <label for="path">Folder</label>
      <input
        id="path"
        class="field"
        autocomplete="off"
        spellcheck="false"
        .value=${path}
        @input=${(event: Event) => (this.path = (event.target as HTMLInputElement).value)}
      />
      <p class="note">
        From the notebook’s folder, or a whole path. The work is copied there and goes on there.
        ${this.saving} until then.
      </p>
      <span></span>
      <div class="buttons">
        <button
          class="button primary"
          type="submit"
          aria-disabled=${this.busy}
          ?disabled=${path.trim() === ''}
        >
          ${this.busy ? 'Copying …' : 'Save'}
        </button>
      </div>
      <div class="wide" aria-live="polite">${outcomeBox(this.outcome)}</div>
    </form>`;
  }

  #confirm(words: string, yes: string, act: () => void): TemplateResult {
    return html`<p>${words}</p>
      <div class="buttons">
        <button class="button primary" aria-disabled=${this.busy} @click=${act}>${yes}</button>
        <button class="button" @click=${() => sendCommand(this, { do: 'close-page' })}>Not now</button>
      </div>
      <div aria-live="polite" style="margin-top: 12px">${outcomeBox(this.outcome)}</div>`;
  }
}
