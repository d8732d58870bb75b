import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { ResourcesView } from '../../protocol';
import { sendCommand } from '../commands';
import type { ToolId } from '../commands';
import { bytesWords, controls, icon } from '../theme';
import { openPopoverOver } from './open-popover';

const hints: Readonly<Record<ToolId, string>> = {
  select: 'Click chooses an object or a prompt · drag moves the picture',
  point: 'Click adds · right-click takes away · drag for a box',
  box: 'Drag for a box around the object',
  brush: 'Drag paints · right button takes away · [ and ] change the size',
  lasso: 'Draw round what belongs to the object · right button takes away',
};

/** What a click does now, and where the keys go. */
export class StatusBar extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 26px;
        padding: 0 8px;
        border-top: 1px solid var(--mk-line);
        background: var(--mk-bar);
        font-size: 11px;
        color: var(--mk-text2);
        white-space: nowrap;
        min-width: 0;
      }
      .hint {
        flex: 1 1 0;
      }
      .keys {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        flex: none;
      }
      kbd {
        height: 16px;
        line-height: 13px;
        color: var(--mk-text);
      }
      svg {
        width: 13px !important;
        height: 13px !important;
      }
      .resources {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        height: 24px;
        padding: 0 4px;
        border-radius: 3px;
        flex: none;
        font-variant-numeric: tabular-nums;
      }
      .resources:hover:not(:disabled) {
        background: var(--mk-hover);
      }
      .monitor {
        width: 340px;
        max-width: calc(100vw - 16px);
        padding: 0;
        border: 0;
        border-radius: 6px;
        background: var(--mk-bg);
        color: var(--mk-text);
        font: 12px/16px var(--mk-font);
        box-shadow:
          0 4px 16px rgba(0, 0, 0, 0.28),
          0 0 0 1px var(--mk-line);
        white-space: normal;
      }
      .monitor-top {
        display: flex;
        align-items: center;
        justify-content: space-between;
        height: 36px;
        padding: 0 6px 0 12px;
        border-bottom: 1px solid var(--mk-line);
        font-size: 13px;
      }
      .monitor-top b {
        font-weight: 600;
      }
      @container (max-width: 557px) {
        .resources span,
        .keys span {
          display: none;
        }
      }
    `,
  ];

  @property() tool: ToolId = 'point';
  @property({ type: Boolean }) flipped = false;
  @property({ type: Boolean }) editable = true;
  @property({ type: Boolean }) focused = false;
  /** Known while the monitor is open. */
  @property({ attribute: false }) resources: ResourcesView | null = null;
  @property({ attribute: false }) rates: readonly (number | null)[] = [];
  @property({ type: Boolean }) connected = true;
  @query('.monitor') private readonly monitor!: HTMLElement;

  override render(): TemplateResult {
    return html`
      <span class="hint cut">${this.#hint()}</span>
      ${
        this.focused
          ? html`<span class="keys" title="Keys go to this widget; Escape gives them back to the notebook"
              >${icon('keys')}<span>Keys here</span><kbd>Esc</kbd></span
            >`
          : ''
      }
      ${this.#resourcesButton()}
    `;
  }

  #resourcesButton(): TemplateResult {
    const summary = this.#summary();
    return html`<button
        class="resources"
        aria-haspopup="dialog"
        aria-label=${summary === 'Resources' ? summary : `Resources: ${summary}`}
        title="Memory, load and disk, of the notebook, the engine and the machine"
        ?disabled=${!this.connected}
        @click=${(event: Event) => openPopoverOver(this.monitor, event.currentTarget as HTMLElement)}
      >
        ${icon('pulse')}<span>${summary}</span>
      </button>
      <div
        class="monitor"
        popover="auto"
        role="dialog"
        aria-label="Resources"
        @toggle=${(event: Event) =>
          sendCommand(this, {
            do: 'watch-resources',
            on: (event as Event & { readonly newState: string }).newState === 'open',
          })}
      >
        <div class="monitor-top">
          <b>Resources</b>
          <button
            class="icon-button small"
            aria-label="Close"
            title="Close (Escape)"
            @click=${() => this.monitor.hidePopover()}
          >
            ${icon('close')}
          </button>
        </div>
        <masklet-resource-panel .resources=${this.resources} .rates=${this.rates}></masklet-resource-panel>
      </div>`;
  }

  /** Figures while they are asked for; else only what the button opens. */
  #summary(): string {
    const { resources } = this;
    if (!this.connected) return 'not available';
    if (!resources) return 'Resources';
    const engine = resources.model?.memoryBytes;
    return engine === null || engine === undefined ? 'Resources' : `engine ${bytesWords(engine)}`;
  }

  #hint(): string {
    if (!this.editable) return 'Looking on: editing is off';
    if (this.tool === 'point' && this.flipped) return 'Click takes away · right-click adds · drag for a box';
    if (this.flipped && this.tool === 'brush')
      return 'Drag takes away · right button paints · [ and ] change the size';
    if (this.flipped && this.tool === 'lasso') return 'Draw round what to take away · right button adds';
    return hints[this.tool];
  }
}
