import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ToolId } from '../commands';
import { controls, icon } from '../theme';

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
      @container (max-width: 557px) {
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
    `;
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
