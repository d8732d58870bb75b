import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { EngineView, ModelsView, ViewMode, WidgetState } from '../../protocol';
import { keyHint, sendCommand } from '../commands';
import type { PageId } from '../commands';
import type { Connection } from '../link';
import { controls, icon } from '../theme';
import type { IconName } from '../theme';

type HistoryState = WidgetState['history'];

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
      @container (max-width: 1157px) {
        .opacity label,
        output {
          display: none;
        }
      }
      @container (max-width: 997px) {
        .settings {
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
        .page,
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
  @property({ attribute: false }) engine: EngineView | null = null;
  @property({ attribute: false }) models: ModelsView = { entries: [], adding: null };
  @property() connection: Connection = 'live';
  /** True while a run goes, which keeps the model it began with. */
  @property({ type: Boolean }) running = false;
  @property({ type: Boolean }) panelOpen = true;
  /** What undo and redo would do, in words. */
  @property({ attribute: false }) history: HistoryState = { undo: null, redo: null };
  @property({ type: Boolean }) editable = true;
  /** A cell waits for the user. */
  @property({ type: Boolean }) waiting = false;

  override render(): TemplateResult {
    const fullScreen = keyHint({ do: 'full-screen' });
    return html`
      <masklet-session-menu
        .name=${this.name}
        .live=${this.connection !== 'gone'}
        .editable=${this.editable}
      ></masklet-session-menu>
      <span class="saving cut" title=${this.saving}>${inBrief(this.saving)}</span>
      ${this.#historyButton('undo', 'Undo')} ${this.#historyButton('redo', 'Redo')}
      <span class="gap"></span>
      <masklet-view-picker .mode=${this.mode}></masklet-view-picker>
      ${this.#opacitySlider()}
      <span class="gap"></span>
      ${this.waiting ? this.#doneButton() : ''}
      ${
        this.engine
          ? html`<masklet-model-menu
              .engine=${this.engine}
              .models=${this.models}
              .connection=${this.connection}
              .changeable=${!this.running && this.connection !== 'gone'}
            ></masklet-model-menu>`
          : ''
      }
      <button
        class="icon-button panel-toggle"
        aria-label="Objects panel"
        title="Objects panel"
        aria-pressed=${this.panelOpen}
        @click=${() => this.dispatchEvent(new Event('masklet-toggle-panel', { bubbles: true, composed: true }))}
      >
        ${icon('panel')}
      </button>
      ${this.#pageButton('settings', 'Settings', 'settings')}
      ${this.#pageButton('guide', 'Guide and keys', 'guide')}
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

  #pageButton(page: PageId, name: string, drawing: IconName): TemplateResult {
    const key = keyHint({ do: 'open-page', page });
    return html`<button
      class="icon-button page ${page}"
      aria-label=${name}
      title=${key ? `${name} (${key})` : name}
      @click=${() => sendCommand(this, { do: 'open-page', page })}
    >
      ${icon(drawing)}
    </button>`;
  }

  #historyButton(way: 'undo' | 'redo', name: string): TemplateResult {
    const what = this.history[way];
    const words = what === null ? name : `${name}: ${what}`;
    return html`<button
      class="icon-button"
      aria-label=${words}
      title=${`${words} (${keyHint({ do: way })})`}
      ?disabled=${what === null || !this.editable}
      @click=${() => sendCommand(this, { do: way })}
    >
      ${icon(way)}
    </button>`;
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
}

/** That it is saved; where it is saved takes the room of the video's name, and is told on hovering. */
function inBrief(saving: string): string {
  return saving.replace(/^(Saved) in .*$/, '$1');
}
