import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ViewMode } from '../../protocol';
import { keyHint, sendCommand } from '../commands';
import { controls, icon } from '../theme';
import { moveInGroup } from './roving-group';

const modes: readonly { readonly mode: ViewMode; readonly name: string }[] = [
  { mode: 'original', name: 'Original' },
  { mode: 'prompts', name: 'Prompts' },
  { mode: 'overlay', name: 'Overlay' },
  { mode: 'masks', name: 'Masks' },
];

/** The four views: original picture, prompts on it, masks over it, masks alone. */
export class ViewPicker extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: inline-flex;
      }
      @container (max-width: 1057px) {
        button span {
          display: none;
        }
        .segments button {
          padding: 0 8px;
        }
      }
    `,
  ];

  @property() mode: ViewMode = 'overlay';

  override render(): TemplateResult {
    return html`<div class="segments" role="radiogroup" aria-label="View" @keydown=${moveInGroup}>
      ${modes.map(
        ({ mode, name }) =>
          html`<button
            role="radio"
            aria-checked=${mode === this.mode}
            aria-label=${name}
            title=${`${name} (${keyHint({ do: 'set-mode', mode })})`}
            tabindex=${mode === this.mode ? 0 : -1}
            @click=${() => sendCommand(this, { do: 'set-mode', mode })}
          >
            ${icon(mode)}<span>${name}</span>
          </button>`,
      )}
    </div>`;
  }
}
