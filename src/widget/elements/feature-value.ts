import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { FeatureRecord, FeatureValue } from '../../annotation';
import { sendCommand } from '../commands';
import { controls, grouped } from '../theme';
import { valueText } from '../timeline';

/** A field for the value that a feature of an object has from a frame on. */
export class FeatureValueField extends LitElement {
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .field {
        width: 100%;
        height: 24px;
        font-size: 12px;
      }
      [aria-invalid='true'] {
        border-color: var(--mk-err);
      }
      .wrong {
        display: block;
        margin-top: 2px;
        color: var(--mk-err);
        font-size: 11px;
        line-height: 14px;
      }
    `,
  ];

  @property({ attribute: false }) feature: FeatureRecord | null = null;
  @property() objectId = '';
  @property({ type: Number }) frame = 0;
  @property({ attribute: false }) value: FeatureValue | null = null;
  @property({ type: Boolean }) editable = true;
  /** What was written and is no value. */
  @state() private wrong: string | null = null;

  override render(): TemplateResult | string {
    const { feature } = this;
    if (!feature) return '';
    if (feature.type === 'choice') return this.#choice(feature.options.map((one) => [one, one] as const));
    if (feature.type === 'boolean')
      return this.#choice([
        [true, 'yes'],
        [false, 'no'],
      ]);
    return this.#text(feature);
  }

  #choice(options: readonly (readonly [FeatureValue, string])[]): TemplateResult {
    return html`<select
      class="field"
      aria-label=${this.#label()}
      ?disabled=${!this.editable}
      @change=${(event: Event) => {
        const at = (event.target as HTMLSelectElement).selectedIndex - 1;
        this.#set(options[at]?.[0] ?? null);
      }}
    >
      <option ?selected=${this.value === null}>none</option>
      ${options.map(([value, name]) => html`<option ?selected=${value === this.value}>${name}</option>`)}
    </select>`;
  }

  #text(feature: FeatureRecord): TemplateResult {
    const words = this.value === null ? '' : valueText(this.value);
    return html`<input
        class="field"
        aria-label=${this.#label()}
        aria-invalid=${this.wrong !== null}
        inputmode=${feature.type === 'number' ? 'decimal' : 'text'}
        placeholder="none"
        maxlength="10000"
        .value=${words}
        ?disabled=${!this.editable}
        @change=${(event: Event) => this.#read(feature, (event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => {
          const field = event.target as HTMLInputElement;
          if (event.key === 'Escape') field.value = words;
          if (event.key === 'Enter') field.blur();
        }}
      />${this.wrong === null ? '' : html`<span class="wrong" role="alert">${this.wrong}</span>`}`;
  }

  #label(): string {
    return `${this.feature?.name ?? ''} from frame ${grouped(this.frame)} on`;
  }

  #read({ type }: FeatureRecord, written: string): void {
    const words = written.trim();
    this.wrong = null;
    if (words === '') return this.#set(null);
    if (type === 'text') return this.#set(words);
    const number = Number(words.replace(/[\s\u202f]/g, '').replace(',', '.'));
    if (Number.isFinite(number)) return this.#set(number);
    this.wrong = `“${words}” is not a number. The value stays as it was.`;
  }

  #set(value: FeatureValue | null): void {
    if (!this.feature || value === this.value) return;
    sendCommand(this, {
      do: 'set-feature',
      featureId: this.feature.id,
      objectId: this.objectId,
      frame: this.frame,
      change: { value },
    });
  }
}
