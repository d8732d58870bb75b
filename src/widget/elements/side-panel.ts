import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { controls, grouped, icon } from '../theme';
import { moveInGroup } from './roving-group';

/** The parts of the panel, in the order of their tabs. */
export type PanelTab = 'objects' | 'features' | 'review';

const tabs: readonly { readonly tab: PanelTab; readonly name: string }[] = [
  { tab: 'objects', name: 'Objects' },
  { tab: 'features', name: 'Features' },
  { tab: 'review', name: 'Review' },
];

/**
 * The panel beside the picture: tabs, each with the element in the slot of its name. Where there is room all are side
 * by side; on a narrow page it lies below the timeline and is closed to its tabs.
 */
export class SidePanel extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-width: 0;
        min-height: 0;
        background: var(--mk-bg);
      }
      .tabs {
        display: flex;
        flex: none;
        height: 34px;
        background: var(--mk-bar);
        border-bottom: 1px solid var(--mk-line);
      }
      .tabs button {
        display: inline-flex;
        flex: 1 1 auto;
        align-items: center;
        justify-content: center;
        gap: 5px;
        min-width: 0;
        padding: 0 4px;
        font-size: 12px;
        color: var(--mk-text2);
      }
      .tabs button:hover {
        background: var(--mk-hover);
      }
      .tabs [aria-selected='true'] {
        background: var(--mk-bg);
        color: var(--mk-text);
        font-weight: 600;
        box-shadow: inset 0 2px 0 var(--mk-accent);
      }
      .badge {
        min-width: 18px;
        padding: 0 4px;
        border: 1px solid var(--mk-warn-line);
        border-radius: 9px;
        background: var(--mk-warn-tint);
        color: var(--mk-warn);
        font: 600 11px/16px var(--mk-font);
      }
      .tabs svg {
        display: none;
      }
      .panels {
        display: flex;
        flex: 1;
        min-height: 0;
      }
      .panel {
        display: flex;
        flex: 1;
        flex-direction: column;
        min-width: 0;
        min-height: 0;
      }
      .panel.closed {
        display: none;
      }
      ::slotted(*) {
        flex: 1;
        min-height: 0;
      }
      @container (min-width: 1438px) {
        .tabs {
          display: none;
        }
        .panels {
          display: grid;
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
          grid-template-rows: minmax(0, 3fr) minmax(0, 2fr);
        }
        .panel,
        .panel.closed {
          display: flex;
        }
        .features {
          grid-area: 2 / 1;
          border-top: 1px solid var(--mk-line);
        }
        .review {
          grid-area: 1 / 2 / 3;
          border-left: 1px solid var(--mk-line);
        }
      }
      @container (max-width: 557px) {
        .tabs svg {
          display: block;
        }
        .tabs [aria-expanded='true'] svg {
          transform: rotate(180deg);
        }
        :host(:not([open])) .panels {
          display: none;
        }
        .panels {
          max-height: 300px;
        }
        .panel {
          overflow: auto;
        }
      }
      @media (forced-colors: active) {
        .tabs [aria-selected='true'] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }
    `,
  ];

  /** What is left to review, said at its tab. */
  @property({ type: Number }) toReview = 0;
  /** On a narrow page: whether more than the tabs is shown. */
  @property({ type: Boolean, reflect: true }) open = false;
  @state() private chosen: PanelTab = 'objects';

  override render(): TemplateResult {
    return html`
      <div class="tabs" role="tablist" aria-label="Panel" @keydown=${moveInGroup}>
        ${tabs.map(({ tab, name }) => this.#tab(tab, name))}
      </div>
      <div class="panels">
        ${tabs.map(
          ({ tab }) =>
            html`<div
              class="panel ${tab} ${tab === this.chosen ? '' : 'closed'}"
              id=${`panel-${tab}`}
              role="tabpanel"
              aria-labelledby=${`tab-${tab}`}
            >
              <slot name=${tab}></slot>
            </div>`,
        )}
      </div>
    `;
  }

  /** Brings a part to the front. */
  show(tab: PanelTab): void {
    this.chosen = tab;
    this.open = true;
  }

  #tab(tab: PanelTab, name: string): TemplateResult {
    const selected = tab === this.chosen;
    return html`<button
      id=${`tab-${tab}`}
      role="tab"
      aria-selected=${selected}
      aria-controls=${`panel-${tab}`}
      aria-expanded=${selected && this.open}
      tabindex=${selected ? 0 : -1}
      @click=${() => {
        this.open = !(tab === this.chosen && this.open);
        this.chosen = tab;
      }}
    >
      <span class="cut">${name}</span>
      ${tab === 'review' && this.toReview > 0 ? html`<span class="badge">${grouped(this.toReview)}</span>` : ''}
      ${icon('down')}
    </button>`;
  }
}
