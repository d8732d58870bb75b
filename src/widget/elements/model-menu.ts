import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { AddingView, EngineView, ModelsView, ModelView } from '../../protocol';
import { sendCommand } from '../commands';
import type { Connection } from '../link';
import { controls, icon } from '../theme';
import { fastWords } from './fast-words';
import { modelMenuStyles } from './model-menu-styles';
import { openPopover } from './open-popover';
import { providerNames } from './provider-names';

/** Which model computes and on what; opens the list of those that could. */
export class ModelMenu extends LitElement {
  static override styles = [controls, modelMenuStyles];

  @property({ attribute: false }) engine: EngineView = {
    state: 'starting',
    model: '',
    provider: '',
    name: '',
    choice: 'auto',
    fast: false,
    threads: null,
    cacheMiB: null,
    providers: [],
    notes: [],
  };
  @property({ attribute: false }) models: ModelsView = { entries: [], adding: null };
  @property() connection: Connection = 'live';
  /** False while nothing may be changed: during a run, or without a kernel. */
  @property({ type: Boolean }) changeable = true;
  @query('.menu') private readonly menu!: HTMLElement;

  override render(): TemplateResult {
    const gone = this.connection === 'gone';
    const { state, model, provider } = this.engine;
    const { adding } = this.models;
    const words = gone ? 'no kernel' : engineWords[state];
    return html`<button
        class="engine"
        aria-haspopup="dialog"
        title=${gone ? 'No kernel' : `${[model, provider].filter(Boolean).join(' on ')}: ${words}. Press to choose another model.`}
        ?disabled=${gone || this.models.entries.length === 0}
        @click=${(event: Event) => openPopover(this.menu, event.currentTarget as HTMLElement)}
      >
        <span class="dot ${gone ? 'gone' : state}"></span>
        <span class="cut"
          >${gone ? 'No kernel' : model}<span class="provider"
            >${gone || provider === '' ? '' : ` · ${provider}`}</span
          ></span
        >
        ${adding ? html`<span class="share">${percent(adding)}</span>` : ''}
        <span class="spoken">${words}</span>${gone ? '' : icon('down')}
      </button>
      <div class="menu" popover="auto" role="dialog" aria-label="Model">
        <h2>Model</h2>
        ${this.changeable ? '' : html`<p class="why">A run is under way: the model stays until it ends.</p>`}
        <ul>
          ${this.models.entries.map((one) => this.#entry(one))}
        </ul>
        ${this.#providers()}
        ${
          this.engine.notes.length > 0
            ? html`<details>
                <summary>What was tried</summary>
                ${this.engine.notes.map((note) => html`<p class="note">${note}.</p>`)}
              </details>`
            : ''
        }
        <p class="note">
          Times: one object on a CPU of two cores. Your prompts and masks stay when the model changes.
        </p>
      </div>`;
  }

  #entry(model: ModelView): TemplateResult {
    const chosen = model.name === this.engine.name;
    const { adding } = this.models;
    const mine = adding?.name === model.name ? adding : null;
    return html`<li aria-current=${chosen}>
      <div class="what">
        <b>${model.title}</b>
        <span>${facts(model)}</span>
        ${model.caution ? html`<span class="caution">${model.caution}</span>` : ''}
        ${chosen && model.offersFast ? this.#fast() : ''}
        ${
          mine
            ? html`<span class="progress" role="status"
                >${addingWords[mine.stage]} ${percent(mine)}<progress max="1" .value=${mine.share}></progress
              ></span>`
            : ''
        }
      </div>
      ${mine ? this.#stopButton() : this.#useButton(model, chosen, adding !== null)}
    </li>`;
  }

  #fast(): TemplateResult {
    const { name, choice, fast } = this.engine;
    return html`<label class="check"
      ><input
        type="checkbox"
        ?disabled=${!this.changeable}
        .checked=${fast}
        @change=${() => this.#use(name, choice, { fast: !fast })}
      />${fastWords}</label
    >`;
  }

  #stopButton(): TemplateResult {
    return html`<button class="button" @click=${() => sendCommand(this, { do: 'stop-adding' })}>
      Stop
    </button>`;
  }

  #useButton(model: ModelView, chosen: boolean, busy: boolean): TemplateResult {
    if (chosen) return html`<span class="here">${icon('check')}in use</span>`;
    if (model.ready)
      return html`<button
        class="button"
        ?disabled=${!this.changeable}
        aria-label=${`Use ${model.title}`}
        @click=${() => this.#use(model.name, this.engine.choice)}
      >
        Use
      </button>`;
    return html`<button
      class="button"
      ?disabled=${busy}
      aria-label=${`Fetch ${megabytes(model.downloadBytes)}: ${model.title}`}
      @click=${() => sendCommand(this, { do: 'add-model', model: model.name })}
    >
      Fetch ${megabytes(model.downloadBytes)}
    </button>`;
  }

  #providers(): TemplateResult | string {
    const { choice, name, providers } = this.engine;
    if (providers.length < 2) return '';
    return html`<label class="providers"
      >Computed on
      <select
        ?disabled=${!this.changeable}
        @change=${(event: Event) => this.#use(name, (event.target as HTMLSelectElement).value)}
      >
        ${['auto', ...providers].map(
          (one) =>
            html`<option value=${one} ?selected=${one === choice}>${providerNames[one] ?? one}</option>`,
        )}
      </select></label
    >`;
  }

  #use(model: string, provider: string, more: { readonly fast?: boolean } = {}): void {
    this.menu.hidePopover();
    sendCommand(this, { do: 'use-model', model, provider, ...more });
  }
}

const engineWords = {
  starting: 'is starting',
  ready: 'ready',
  busy: 'is computing',
  failed: 'could not be started',
} as const;

const addingWords = {
  downloading: 'Fetching',
  converting: 'Writing weights',
  testing: 'Testing what it computes',
} as const;

/** “1.0 s a frame · 0.6 GiB · Apache-2.0”. */
function facts({ secondsPerFrame, peakMiB, licence }: ModelView): string {
  return [
    secondsPerFrame === null ? '' : `${secondsPerFrame.toFixed(1)} s a frame`,
    peakMiB === null ? '' : `${(peakMiB / 1024).toFixed(1)} GiB`,
    licence,
  ]
    .filter(Boolean)
    .join(' · ');
}

function megabytes(bytes: number | null): string {
  return bytes === null ? '' : `${Math.round(bytes / 1e6)} MB`;
}

function percent({ stage, share }: AddingView): string {
  return stage === 'testing' ? '…' : `${Math.floor(share * 100)} %`;
}
