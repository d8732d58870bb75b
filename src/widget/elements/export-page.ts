import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ObjectRecord } from '../../annotation';
import type { FormatView } from '../../protocol';
import { sendCommand } from '../commands';
import type { PageOutcome } from '../controllers';
import { controls } from '../theme';
import { pageStyles } from './page-styles';

/** Which format, objects and frames to export, and where to. */
export class ExportPage extends LitElement {
  static override styles = [
    controls,
    pageStyles,
    css`
      .objects {
        max-height: 132px;
        overflow: auto;
        border: 1px solid var(--mk-line);
        border-radius: 4px;
        padding: 2px 8px;
        display: grid;
      }
    `,
  ];

  @property({ attribute: false }) formats: readonly FormatView[] = [];
  @property({ attribute: false }) objects: readonly ObjectRecord[] = [];
  @property({ attribute: false }) range: readonly [number, number] | null = null;
  @property({ type: Number }) frameCount = 0;
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) outcome: PageOutcome | null = null;
  @property() name = '';
  @state() private format = 'davis';
  @state() private folder: string | null = null;
  @state() private leftOut: ReadonlySet<string> = new Set();
  @state() private inRange = true;

  override render(): TemplateResult {
    const chosen = this.objects.filter((one) => !this.leftOut.has(one.id));
    const ready = chosen.length > 0 && this.#folder().trim() !== '';
    return html`<form @submit=${(event: Event) => this.#submit(event)}>
      <label for="format">Format</label>
      <select
        id="format"
        class="field"
        @change=${(event: Event) => (this.format = (event.target as HTMLSelectElement).value)}
      >
        ${this.formats.map(
          ({ name, title }) =>
            html`<option value=${name} ?selected=${name === this.format}>${title}</option>`,
        )}
      </select>
      <label for="folder">Folder</label>
      <input
        id="folder"
        class="field"
        autocomplete="off"
        spellcheck="false"
        .value=${this.#folder()}
        @input=${(event: Event) => (this.folder = (event.target as HTMLInputElement).value)}
      />
      <p class="note">From the notebook’s folder, or a whole path. It is made where it is not there.</p>
      <span class="label" id="objects">Objects</span>
      <div class="objects" role="group" aria-labelledby="objects">
        ${this.objects.map((one) => this.#object(one))}
      </div>
      <span class="label">Frames</span>
      <div class="row">
        ${
          this.range
            ? html`<label class="check"
                ><input
                  type="checkbox"
                  .checked=${this.inRange}
                  @change=${(event: Event) => (this.inRange = (event.target as HTMLInputElement).checked)}
                />Only the chosen range, ${this.range[0]} to ${this.range[1]}</label
              >`
            : html`<span>All ${this.frameCount}. Drag in the timeline’s ruler for a range.</span>`
        }
      </div>
      <span></span>
      <div class="buttons">
        <button class="button primary" type="submit" aria-disabled=${this.busy} ?disabled=${!ready}>
          ${this.busy ? 'Exporting …' : 'Export'}
        </button>
      </div>
      <div class="wide" aria-live="polite">${outcomeBox(this.outcome)}</div>
    </form>`;
  }

  #object({ id, name, number, color }: ObjectRecord): TemplateResult {
    return html`<label class="check"
      ><input
        type="checkbox"
        .checked=${!this.leftOut.has(id)}
        @change=${(event: Event) => this.#leaveOut(id, !(event.target as HTMLInputElement).checked)}
      /><span class="swatch" style=${`--object: ${color}`}>${number}</span
      ><span class="cut">${name}</span></label
    >`;
  }

  #leaveOut(id: string, out: boolean): void {
    const next = new Set(this.leftOut);
    if (out) next.add(id);
    else next.delete(id);
    this.leftOut = next;
  }

  /** A folder beside the notebook, named after the video and the format, until the user names another. */
  #folder(): string {
    return this.folder ?? `${this.name.replace(/\.[^.]*$/, '') || 'masks'} ${this.format}`;
  }

  #submit(event: Event): void {
    event.preventDefault();
    const objectIds = this.objects.filter((one) => !this.leftOut.has(one.id)).map((one) => one.id);
    const range = this.inRange ? this.range : null;
    sendCommand(this, { do: 'export', format: this.format, folder: this.#folder().trim(), objectIds, range });
  }
}

/** What became of it. */
export function outcomeBox(outcome: PageOutcome | null): TemplateResult | '' {
  if (!outcome) return '';
  return html`<div class="outcome ${outcome.good ? '' : 'bad'}">${outcome.words}</div>`;
}
