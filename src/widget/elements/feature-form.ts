import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { FeatureRecord, FeatureType } from '../../annotation';
import { sendCommand } from '../commands';
import { controls } from '../theme';
import { menuStyles } from './menu-styles';
import { openPopover } from './open-popover';

const types: readonly { readonly type: FeatureType; readonly name: string }[] = [
  { type: 'choice', name: 'One of a list' },
  { type: 'boolean', name: 'Yes or no' },
  { type: 'number', name: 'Number' },
  { type: 'text', name: 'Text' },
];

/** Defines a feature, or changes one: its name, and for one of a list what it may be. */
export class FeatureForm extends LitElement {
  static override styles = [
    controls,
    menuStyles,
    css`
      form {
        display: grid;
        gap: 6px;
        padding: 4px 6px 6px;
      }
      label {
        display: grid;
        gap: 2px;
      }
      .field {
        width: 100%;
      }
      .wrong {
        margin: 0;
        color: var(--mk-err);
      }
      .note {
        margin: 0;
        color: var(--mk-text2);
        font-size: 11px;
        line-height: 14px;
      }
      .answers {
        display: flex;
        justify-content: flex-end;
        gap: 6px;
        margin-top: 2px;
      }
    `,
  ];

  @property({ attribute: false }) features: readonly FeatureRecord[] = [];
  @state() private edited: FeatureRecord | null = null;
  @state() private type: FeatureType = 'choice';
  @state() private wrong: string | null = null;
  @query('.menu') private readonly menu!: HTMLElement;
  @query('[name="name"]') private readonly nameField!: HTMLInputElement;
  @query('[name="options"]') private readonly optionsField!: HTMLInputElement | null;

  /** Opens below a button: for a feature, or for a new one. */
  async open(button: HTMLElement, feature: FeatureRecord | null): Promise<void> {
    this.edited = feature;
    this.type = feature?.type ?? 'choice';
    this.wrong = null;
    this.requestUpdate();
    await this.updateComplete;
    this.nameField.value = feature?.name ?? '';
    if (this.optionsField) this.optionsField.value = feature?.options.join(', ') ?? '';
    openPopover(this.menu, button);
    this.nameField.focus();
  }

  override render(): TemplateResult {
    const { edited, wrong } = this;
    return html`<div
      class="menu"
      popover="auto"
      role="dialog"
      aria-label=${edited ? `Feature ${edited.name}` : 'New feature'}
    >
      <form
        @submit=${(event: Event) => {
          event.preventDefault();
          this.#take();
        }}
        @keydown=${(event: KeyboardEvent) => {
          // JupyterLab keeps a page from submitting forms by Enter.
          if (event.key !== 'Enter' || (event.target as Element).tagName !== 'INPUT') return;
          event.preventDefault();
          this.#take();
        }}
      >
        <label>Name <input class="field" name="name" maxlength="200" autocomplete="off" /></label>
        ${edited ? '' : this.#typeLine()}
        ${
          this.type === 'choice'
            ? html`<label>
                  Values
                  <input class="field" name="options" autocomplete="off" placeholder="rest, walk, fly" />
                </label>
                <p class="note">Separated by commas.</p>`
            : ''
        }
        ${wrong === null ? '' : html`<p class="wrong" role="alert">${wrong}</p>`}
        <div class="answers">
          ${
            edited
              ? html`<button
                  class="button danger"
                  type="button"
                  title="With its values on all objects; undo brings them back"
                  @click=${() => {
                    this.menu.hidePopover();
                    sendCommand(this, { do: 'remove-feature', featureId: edited.id });
                  }}
                >
                  Delete
                </button>`
              : ''
          }
          <button class="button primary">${edited ? 'Change' : 'Add'}</button>
        </div>
      </form>
    </div>`;
  }

  #typeLine(): TemplateResult {
    return html`<label>
      Type
      <select
        class="field"
        name="type"
        @change=${(event: Event) => {
          this.type = types[(event.target as HTMLSelectElement).selectedIndex]!.type;
        }}
      >
        ${types.map(({ type, name }) => html`<option ?selected=${type === this.type}>${name}</option>`)}
      </select>
    </label>`;
  }

  #take(): void {
    const name = this.nameField.value.trim();
    const written = this.optionsField?.value.split(',').map((one) => one.trim()) ?? [];
    const options = written.filter((one) => one !== '');
    this.wrong = this.#fault(name, options);
    if (this.wrong !== null) return;
    this.menu.hidePopover();
    if (!this.edited) sendCommand(this, { do: 'add-feature', name, type: this.type, options });
    else {
      const patch = this.type === 'choice' ? { name, options } : { name };
      sendCommand(this, { do: 'change-feature', featureId: this.edited.id, patch });
    }
  }

  /** What keeps it from being a feature, in a sentence. */
  #fault(name: string, options: readonly string[]): string | null {
    if (name === '') return 'It needs a name.';
    if (this.features.some((one) => one.name === name && one.id !== this.edited?.id))
      return `There is a feature named “${name}” already.`;
    if (this.type !== 'choice') return null;
    if (options.length === 0) return 'It needs one value or more to choose from.';
    const twice = options.find((one, index) => options.indexOf(one) !== index);
    return twice === undefined ? null : `“${twice}” is there twice.`;
  }
}
