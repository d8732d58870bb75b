import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { DocumentSettings } from '../../annotation';
import type { EngineView, ModelView, PlaceView } from '../../protocol';
import { sendCommand } from '../commands';
import { controls } from '../theme';
import { fastWords } from './fast-words';
import { pageStyles } from './page-styles';
import { providerNames } from './provider-names';

type Look = Pick<PlaceView, 'names' | 'outlines' | 'contrast'>;

const overlapWords: Readonly<Record<DocumentSettings['overlap'], string>> = {
  allow: 'Both have it',
  order: 'The one that is higher in the list',
  score: 'The one you gave it to last, else the higher score',
};

const seedingWords: Readonly<Record<DocumentSettings['seeding'], string>> = {
  memory: 'The last mask and the model’s memory',
  skeleton: 'Points on the last mask’s skeleton (SAMannot’s rule)',
};

/**
 * What can be settled (B1): the look, overlaps, blocks, the engine. Overlaps and blocks are edits, undoable; the engine
 * is kept with the session.
 */
export class SettingsPage extends LitElement {
  static override styles = [controls, pageStyles];

  @property({ attribute: false }) settings: DocumentSettings | null = null;
  @property({ attribute: false }) place: PlaceView | null = null;
  @property({ attribute: false }) engine: EngineView | null = null;
  @property({ attribute: false }) models: readonly ModelView[] = [];
  /** A run is under way or waits: the model stays. */
  @property({ type: Boolean }) running = false;
  @property({ type: Boolean }) editable = true;

  override render(): TemplateResult | '' {
    const { settings, place, engine } = this;
    if (!settings || !place) return '';
    return html`<form @submit=${(event: Event) => event.preventDefault()}>
      <h3 class="wide">Picture</h3>
      <span class="label">Masks</span>
      <div class="row">
        ${this.#look('names', 'Names at the objects', place)} ${this.#look('outlines', 'Outlines', place)}
        ${this.#look('contrast', 'White line in every outline', place)}
      </div>
      <label for="opacity">Opacity</label>
      <div class="row">
        <input
          id="opacity"
          type="range"
          min="0"
          max="100"
          step="5"
          style=${`--filled: ${Math.round(place.opacity * 100)}%; width: 160px`}
          .value=${String(Math.round(place.opacity * 100))}
          @input=${(event: Event) =>
            sendCommand(this, {
              do: 'set-opacity',
              opacity: Number((event.target as HTMLInputElement).value) / 100,
            })}
        /><output for="opacity">${Math.round(place.opacity * 100)} %</output>
      </div>
      <h3 class="wide">Overlaps</h3>
      <label for="overlap">A pixel that two claim</label>
      ${this.#choice('overlap', overlapWords, settings.overlap)}
      <p class="note">Applied to what is shown and exported; what is stored stays as it was computed.</p>
      <h3 class="wide">Runs</h3>
      <label for="blockSize">Frames in a block</label>
      <div class="row">
        ${this.#number('blockSize', settings.blockSize, 'as many as fit', 2)}
        <label for="blockMiB">of at most</label>
        ${this.#number('blockMiB', settings.blockMiB, '512', 16)} <span>MiB</span>
      </div>
      <p class="note">Memory stays level on any length; a block can be run again by itself.</p>
      <label for="seeding">A block begins from</label>
      ${this.#choice('seeding', seedingWords, settings.seeding)} ${engine ? this.#engine(engine) : ''}
    </form>`;
  }

  #engine(engine: EngineView): TemplateResult {
    const { name, choice } = engine;
    const ready = this.models.filter((one) => one.ready).map((one) => ({ name: one.name, title: one.title }));
    if (!ready.some((one) => one.name === name)) ready.unshift({ name, title: engine.model });
    const off = !this.editable || this.running;
    const use = (patch: Partial<Pick<EngineView, 'name' | 'choice'>>): void =>
      sendCommand(this, {
        do: 'use-model',
        model: patch.name ?? name,
        provider: patch.choice ?? choice,
      });
    const value = (event: Event): string => (event.target as HTMLSelectElement).value;
    return html`<h3 class="wide">Engine</h3>
      <label for="model">Model</label>
      <select
        id="model"
        class="field"
        ?disabled=${off}
        @change=${(event: Event) => use({ name: value(event) })}
      >
        ${ready.map((one) => html`<option value=${one.name} ?selected=${one.name === name}>${one.title}</option>`)}
      </select>
      <p class="note">Press the model’s name at the top to fetch others. Prompts and masks stay.</p>
      ${this.#fast(engine, off)}
      <label for="provider">Computed on</label>
      <select
        id="provider"
        class="field"
        ?disabled=${off}
        @change=${(event: Event) => use({ choice: value(event) })}
      >
        ${['auto', ...engine.providers].map(
          (one) =>
            html`<option value=${one} ?selected=${one === choice}>
              ${providerNames[one] ?? one}${one === 'auto' && engine.provider ? ` (now: ${engine.provider})` : ''}
            </option>`,
        )}
      </select>
      <label for="threads">Threads</label>
      ${this.#engineNumber('threads', engine, { least: 1, most: 256, off })}
      <label for="cacheMiB">Cache of the model</label>
      <div class="row">
        ${this.#engineNumber('cacheMiB', engine, { least: 16, most: 1_048_576, off })} <span>MiB</span>
      </div>
      <p class="note">
        ${
          this.running
            ? 'A run is under way or waits: the engine stays as it is until the end.'
            : 'More cache makes corrections quicker. The sessions of one notebook share it.'
        }
      </p>`;
  }

  #fast({ name: model, choice: provider, fast }: EngineView, off: boolean): TemplateResult | string {
    if (!this.models.some((one) => one.name === model && one.offersFast)) return '';
    return html`<span></span
      ><label class="check"
        ><input
          type="checkbox"
          ?disabled=${off}
          .checked=${fast}
          @change=${() => sendCommand(this, { do: 'use-model', model, provider, fast: !fast })}
        />${fastWords}</label
      >`;
  }

  #engineNumber(
    name: 'threads' | 'cacheMiB',
    engine: EngineView,
    { least, most, off }: { readonly least: number; readonly most: number; readonly off: boolean },
  ): TemplateResult {
    return html`<input
      id=${name}
      class="field short"
      type="number"
      inputmode="numeric"
      min=${least}
      max=${most}
      ?disabled=${off}
      .value=${engine[name] === null ? '' : String(engine[name])}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const number = Math.round(Number(input.value));
        const fits = input.value !== '' && number >= least && number <= most;
        if (fits) {
          const { name: model, choice: provider } = engine;
          sendCommand(this, { do: 'use-model', model, provider, [name]: number });
        } else input.value = String(engine[name] ?? '');
      }}
    />`;
  }

  #look(name: keyof Look, words: string, place: PlaceView): TemplateResult {
    return html`<label class="check"
      ><input
        type="checkbox"
        .checked=${place[name]}
        @change=${(event: Event) =>
          sendCommand(this, {
            do: 'set-look',
            patch: { [name]: (event.target as HTMLInputElement).checked },
          })}
      />${words}</label
    >`;
  }

  #choice<K extends 'overlap' | 'seeding'>(
    name: K,
    words: Readonly<Record<DocumentSettings[K], string>>,
    now: DocumentSettings[K],
  ): TemplateResult {
    const entries = Object.entries(words) as [DocumentSettings[K], string][];
    return html`<select
      id=${name}
      class="field"
      ?disabled=${!this.editable}
      @change=${(event: Event) => this.#change({ [name]: (event.target as HTMLSelectElement).value })}
    >
      ${entries.map(([value, text]) => html`<option value=${value} ?selected=${value === now}>${text}</option>`)}
    </select>`;
  }

  #number(
    name: 'blockSize' | 'blockMiB',
    now: number | null,
    placeholder: string,
    least: number,
  ): TemplateResult {
    return html`<input
      id=${name}
      class="field short"
      type="number"
      inputmode="numeric"
      min=${least}
      placeholder=${placeholder}
      ?disabled=${!this.editable}
      .value=${now === null ? '' : String(now)}
      @change=${(event: Event) => {
        const { value } = event.target as HTMLInputElement;
        const number = Math.round(Number(value));
        if (value === '' && name === 'blockSize') this.#change({ blockSize: null });
        else if (value !== '' && number >= least) this.#change({ [name]: number });
        else this.requestUpdate();
      }}
    />`;
  }

  #change(patch: Partial<DocumentSettings>): void {
    sendCommand(this, { do: 'change-settings', patch });
  }
}
