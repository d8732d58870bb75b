import { LitElement, css, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { ObjectRecord } from '../../annotation';
import type { ExportView, FormatView } from '../../protocol';
import { sendCommand } from '../commands';
import type { PageOutcome } from '../controllers';
import { controls, counted } from '../theme';
import { pageStyles } from './page-styles';

/** Which format, objects and frames to export, and where to. */
export class ExportPage extends LitElement {
  static override styles = [
    controls,
    pageStyles,
    css`
      .progress {
        display: grid;
        grid-template-columns: minmax(0, 1fr) max-content;
        align-items: center;
        gap: 4px 12px;
      }
      progress {
        appearance: none;
        width: 100%;
        height: 4px;
        border: 0;
        border-radius: 2px;
        overflow: hidden;
        background: var(--mk-line3);
      }
      progress::-webkit-progress-bar {
        background: var(--mk-line3);
      }
      progress::-webkit-progress-value {
        background: var(--mk-accent);
      }
      progress::-moz-progress-bar {
        background: var(--mk-accent);
      }
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
  /** How far it is; null while nothing is exported here. */
  @property({ attribute: false }) exporting: ExportView | null = null;
  @property({ type: Boolean }) busy = false;
  @property({ attribute: false }) outcome: PageOutcome | null = null;
  @property() name = '';
  @state() private format = 'davis';
  @state() private folder: string | null = null;
  @state() private leftOut: ReadonlySet<string> = new Set();
  @state() private inRange = true;

  #heldFocus = false;

  /** Export and Cancel take each other's place: the focus goes with them. */
  protected override willUpdate(): void {
    this.#heldFocus = Boolean(this.shadowRoot?.activeElement?.closest('.act'));
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('exporting') && this.#heldFocus && this.shadowRoot?.activeElement === null)
      this.shadowRoot.querySelector<HTMLElement>('.act button')?.focus();
  }

  override render(): TemplateResult {
    const chosen = this.objects.filter((one) => !this.leftOut.has(one.id));
    const ready = chosen.length > 0 && this.#folder().trim() !== '';
    return html`<form @submit=${(event: Event) => this.#submit(event)}>
      <label for="format">Format</label>
      <select
        id="format"
        class="field"
        aria-describedby="keeps"
        @change=${(event: Event) => (this.format = (event.target as HTMLSelectElement).value)}
      >
        ${this.formats.map(
          ({ name, title }) =>
            html`<option value=${name} ?selected=${name === this.format}>${title}</option>`,
        )}
      </select>
      <p class="note" id="keeps">${this.formats.find((one) => one.name === this.format)?.keeps ?? ''}</p>
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
      ${this.exporting ? this.#progress(this.exporting) : this.#button(ready)}
      <div class="wide" aria-live="polite">${outcomeBox(this.outcome)}</div>
    </form>`;
  }

  #button(ready: boolean): TemplateResult {
    return html`<div class="buttons act">
      <button class="button primary" type="submit" aria-disabled=${this.busy} ?disabled=${!ready}>
        ${this.busy ? 'Exporting …' : 'Export'}
      </button>
    </div>`;
  }

  /** Where the button was: how far it is, and the way out. */
  #progress({ title, share, files }: ExportView): TemplateResult {
    const percent = Math.floor(100 * share);
    return html`<div class="progress act">
      <progress max="1" .value=${share} aria-label=${`Export: ${title}`}></progress>
      <button
        class="button"
        type="button"
        title="Ends the export. Files that are whole stay; none is half written."
        @click=${() => sendCommand(this, { do: 'cancel-export' })}
      >
        Cancel
      </button>
      <span>${title}: ${percent} %${files > 0 ? `, ${counted(files, 'file')} written` : ''}</span>
    </div>`;
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
