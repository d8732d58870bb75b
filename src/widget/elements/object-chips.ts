import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ObjectRecord } from '../../annotation';
import { sendCommand } from '../commands';
import { controls, icon } from '../theme';
import { swatch } from './swatch';

/** The objects as buttons under the picture, for narrow pages. */
export class ObjectChips extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        padding: 6px 8px;
        border-top: 1px solid var(--mk-line);
        max-height: 96px;
        overflow: auto;
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        height: 28px;
        max-width: 140px;
        padding: 0 8px 0 4px;
        border: 1px solid var(--mk-line);
        border-radius: 4px;
        font-size: 12px;
      }
      .chip[aria-pressed='true'] {
        background: var(--mk-tint);
        border-color: var(--mk-accent);
        font-weight: 600;
      }
      .new {
        padding: 0 8px;
      }
    `,
  ];

  @property({ attribute: false }) objects: readonly ObjectRecord[] = [];
  @property() chosenId: string | null = null;
  @property({ type: Boolean }) editable = true;

  override render(): TemplateResult {
    return html`
      ${this.objects.map(
        (object) =>
          html`<button
            class="chip"
            aria-pressed=${object.id === this.chosenId}
            @click=${() => sendCommand(this, { do: 'choose-object', objectId: object.id })}
          >
            ${swatch(object)}<span class="cut">${object.name}</span>
          </button>`,
      )}
      <button
        class="chip new"
        aria-label="New object"
        title="New object (N)"
        ?disabled=${!this.editable}
        @click=${() => sendCommand(this, { do: 'new-object' })}
      >
        ${icon('plus')}${this.objects.length === 0 ? 'New object' : ''}
      </button>
    `;
  }
}
