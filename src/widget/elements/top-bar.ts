import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { EngineView, ViewMode } from '../../protocol';
import { keyHint, sendCommand } from '../commands';
import type { Connection } from '../link';
import { controls, icon } from '../theme';

/** Video and saving on the left, the view in the middle, model and page on the right. */
export class TopBar extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 4px;
        height: 40px;
        padding: 0 8px;
        background: var(--mk-bar);
        border-bottom: 1px solid var(--mk-line);
        min-width: 0;
      }
      .name {
        font-weight: 600;
        padding: 0 6px;
        flex: 0 1 auto;
      }
      .saving {
        color: var(--mk-text2);
        font-size: 12px;
        flex: 0 1 auto;
      }
      .gap {
        flex: 1 1 0;
      }
      .opacity {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 12px;
        color: var(--mk-text2);
        margin: 0 4px;
      }
      .opacity[data-off] {
        visibility: hidden;
      }
      output {
        width: 36px;
        text-align: right;
        color: var(--mk-text);
      }
      .engine {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        height: 26px;
        padding: 0 10px;
        border: 1px solid var(--mk-line);
        border-radius: 13px;
        font-size: 12px;
        white-space: nowrap;
        min-width: 0;
        flex: 0 1 auto;
      }
      .dot {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        flex: none;
        background: var(--mk-ok);
      }
      .dot.busy,
      .dot.starting {
        background: none;
        border: 2px solid var(--mk-accent);
        border-right-color: transparent;
        animation: turn 1s linear infinite;
      }
      .dot.failed {
        background: none;
        border: 2px solid var(--mk-err);
      }
      .dot.gone {
        background: none;
        border: 2px solid var(--mk-text2);
      }
      @keyframes turn {
        to {
          transform: rotate(360deg);
        }
      }
      @container (max-width: 997px) {
        .opacity label,
        output,
        .provider {
          display: none;
        }
      }
      @container (max-width: 638px) {
        .saving {
          display: none;
        }
      }
      @container (max-width: 557px) {
        masklet-view-picker,
        .opacity,
        .panel-toggle {
          display: none;
        }
        .saving {
          display: block;
        }
      }
    `,
  ];

  @property() name = '';
  @property() saving = '';
  @property() mode: ViewMode = 'overlay';
  @property({ type: Number }) opacity = 0.45;
  @property({ attribute: false }) engine: EngineView = { state: 'starting', model: '', provider: '' };
  @property() connection: Connection = 'live';
  @property({ type: Boolean }) panelOpen = true;
  /** A cell waits for the user. */
  @property({ type: Boolean }) waiting = false;

  override render(): TemplateResult {
    const fullScreen = keyHint({ do: 'full-screen' });
    return html`
      <span class="name cut" title=${this.name}>${this.name}</span>
      <span class="saving cut">${sentence(this.saving)}</span>
      <span class="gap"></span>
      <masklet-view-picker .mode=${this.mode}></masklet-view-picker>
      ${this.#opacitySlider()}
      <span class="gap"></span>
      ${this.waiting ? this.#doneButton() : ''} ${this.#engineChip()}
      <button
        class="icon-button panel-toggle"
        aria-label="Objects panel"
        title="Objects panel"
        aria-pressed=${this.panelOpen}
        @click=${() => this.dispatchEvent(new Event('masklet-toggle-panel', { bubbles: true, composed: true }))}
      >
        ${icon('panel')}
      </button>
      <button
        class="icon-button"
        aria-label="Full screen"
        title=${`Full screen (${fullScreen})`}
        @click=${() => sendCommand(this, { do: 'full-screen' })}
      >
        ${icon('fullScreen')}
      </button>
    `;
  }

  #opacitySlider(): TemplateResult {
    const percent = Math.round(this.opacity * 100);
    return html`<div class="opacity" ?data-off=${this.mode !== 'overlay'}>
      <label for="opacity">Opacity</label>
      <input
        id="opacity"
        type="range"
        min="0"
        max="100"
        step="5"
        aria-label="Opacity of the masks"
        title="Opacity of the masks: ${percent} %"
        style=${`--filled: ${percent}%`}
        .value=${String(percent)}
        @input=${(event: Event) =>
          sendCommand(this, {
            do: 'set-opacity',
            opacity: Number((event.target as HTMLInputElement).value) / 100,
          })}
      />
      <output for="opacity">${percent} %</output>
    </div>`;
  }

  #doneButton(): TemplateResult {
    return html`<button
      class="button primary"
      title="A cell waits for you: press when you are done"
      @click=${() => sendCommand(this, { do: 'say-done' })}
    >
      ${icon('check')}Done
    </button>`;
  }

  #engineChip(): TemplateResult {
    const gone = this.connection === 'gone';
    const { state, model, provider } = this.engine;
    const words = gone ? 'no kernel' : engineWords[state];
    return html`<span class="engine" title=${`${model} on ${provider}: ${words}`}>
      <span class="dot ${gone ? 'gone' : state}"></span>
      <span class="cut"
        >${gone ? 'No kernel' : model}<span class="provider"
          >${gone || provider === '' ? '' : ` · ${provider}`}</span
        ></span
      >
      <span class="spoken">${words}</span>
    </span>`;
  }
}

const engineWords = {
  starting: 'is starting',
  ready: 'ready',
  busy: 'is computing',
  failed: 'could not be started',
} as const;

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
