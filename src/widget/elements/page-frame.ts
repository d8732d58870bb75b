import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { sendCommand } from '../commands';
import { controls, icon } from '../theme';

/** A page over the canvas: its title, a button that closes it, and what is put inside. Escape closes it. */
export class PageFrame extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        position: absolute;
        inset: 0;
        z-index: 5;
        display: flex;
        flex-direction: column;
        background: var(--mk-bg);
        overflow: hidden;
      }
      .title {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 40px;
        padding: 0 8px 0 16px;
        background: var(--mk-bar);
        border-bottom: 1px solid var(--mk-line);
        flex: none;
      }
      h2 {
        margin: 0;
        flex: 1;
        font-size: 15px;
        line-height: 22px;
        font-weight: 600;
      }
      .body {
        flex: 1;
        overflow: auto;
        padding: 16px;
        outline: none;
      }
      @container (max-width: 557px) {
        .body {
          padding: 12px;
        }
      }
    `,
  ];

  @property() override title = '';
  @query('.body') private readonly body!: HTMLElement;

  override render(): TemplateResult {
    return html`<div class="title">
        <h2>${this.title}</h2>
        <button
          class="icon-button"
          aria-label="Close this page"
          title="Close (Esc)"
          @click=${() => sendCommand(this, { do: 'close-page' })}
        >
          ${icon('close')}
        </button>
      </div>
      <div class="body" tabindex="0"><slot></slot></div>`;
  }

  protected override firstUpdated(): void {
    void this.#takeFocus();
  }

  /** Gives the focus to the page, so that it is read and the keys go there. */
  async #takeFocus(): Promise<void> {
    const child = this.firstElementChild;
    if (child instanceof LitElement) await child.updateComplete;
    const first = child?.shadowRoot?.querySelector<HTMLElement>('input, select, button.primary');
    (first ?? this.body).focus({ preventScroll: true });
  }
}
