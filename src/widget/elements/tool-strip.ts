import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ViewMode } from '../../protocol';
import { keyHint, sendCommand } from '../commands';
import type { ToolId } from '../commands';
import { controls, icon } from '../theme';
import type { IconName } from '../theme';
import { moveInGroup } from './roving-group';

/** The tools at the left of the picture, or above it on a narrow page. */
export class ToolStrip extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        background: var(--mk-bar);
        border-right: 1px solid var(--mk-line);
      }
      .tools {
        flex: 1;
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 2px;
        padding: 4px 0;
      }
      .tool {
        position: relative;
        width: 34px;
        height: 34px;
        display: grid;
        place-items: center;
        border-radius: 4px;
      }
      .tool svg {
        transform: translate(-2px, -2px);
      }
      .tool .key {
        position: absolute;
        right: 3px;
        bottom: 1px;
        font: 10px/12px var(--mk-font);
        color: var(--mk-text2);
      }
      .tool:hover:not(:disabled) {
        background: var(--mk-hover);
      }
      .tool[aria-checked='true'] {
        background: var(--mk-primary);
        color: #fff;
      }
      .tool[aria-checked='true']:hover {
        background: var(--mk-primary);
      }
      .tool[aria-checked='true'] .key {
        color: #fff;
      }
      .tool[aria-pressed='true'] {
        background: var(--mk-tint);
        color: var(--mk-accent-ink);
      }
      .tool[aria-checked='true']:disabled {
        background: var(--mk-press);
        color: var(--mk-text3);
      }
      .tool:disabled .key {
        color: inherit;
      }
      hr {
        width: 22px;
        border: 0;
        border-top: 1px solid var(--mk-line);
        margin: 3px 0;
      }
      .radios {
        display: contents;
      }
      masklet-view-picker {
        display: none;
      }
      @container (max-width: 557px) {
        :host {
          border-right: 0;
          border-bottom: 1px solid var(--mk-line);
          align-items: center;
          padding-right: 8px;
        }
        .tools {
          flex-direction: row;
          padding: 2px 6px;
        }
        .tool .key {
          display: none;
        }
        .tool svg {
          transform: none;
        }
        hr {
          width: 1px;
          height: 20px;
          border: 0;
          border-left: 1px solid var(--mk-line);
          margin: 0 3px;
        }
        masklet-view-picker {
          display: inline-flex;
        }
      }
      @media (forced-colors: active) {
        [aria-checked='true'] {
          outline: 2px solid Highlight;
        }
      }
    `,
  ];

  @property() tool: ToolId = 'point';
  @property({ type: Boolean }) flipped = false;
  @property({ type: Boolean }) editable = true;
  @property() mode: ViewMode = 'overlay';

  override render(): TemplateResult {
    return html`
      <div
        class="tools"
        role="toolbar"
        aria-label="Tools"
        aria-orientation="vertical"
        @keydown=${moveInGroup}
      >
        <div class="radios" role="radiogroup" aria-label="Tool">
          ${this.#toolButton('select', 'Select and move', 'select')}
          <hr />
          ${this.#toolButton('point', 'Point: left adds, right takes away, drag for a box', this.#pointIcon())}
          ${this.#toolButton('box', 'Box', 'box')}
          <hr />
          ${this.#toolButton('brush', 'Brush: left paints, right takes away', 'brush')}
          ${this.#toolButton('lasso', 'Lasso: left adds what it goes round, right takes it away', 'lasso')}
        </div>
        <hr />
        <button
          class="tool"
          aria-label="Flip the sign: what added takes away"
          title="Flip the sign: what added takes away (X)"
          aria-pressed=${this.flipped}
          tabindex="-1"
          ?disabled=${!this.editable}
          @click=${() => sendCommand(this, { do: 'flip-sign' })}
        >
          ${icon('sign')}<span class="key" aria-hidden="true">X</span>
        </button>
      </div>
      <masklet-view-picker .mode=${this.mode}></masklet-view-picker>
    `;
  }

  #pointIcon(): IconName {
    return this.flipped ? 'pointMinus' : 'point';
  }

  #toolButton(tool: ToolId, name: string, drawing: IconName): TemplateResult {
    const key = keyHint({ do: 'choose-tool', tool });
    const chosen = tool === this.tool;
    return html`<button
      class="tool"
      role="radio"
      aria-checked=${chosen}
      aria-label=${name}
      title=${`${name} (${key})`}
      tabindex=${chosen ? 0 : -1}
      ?disabled=${!this.editable && tool !== 'select'}
      @click=${() => sendCommand(this, { do: 'choose-tool', tool })}
    >
      ${icon(drawing)}<span class="key" aria-hidden="true">${key}</span>
    </button>`;
  }
}
