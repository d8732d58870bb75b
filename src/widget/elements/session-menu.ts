import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { keyHint, sendCommand } from '../commands';
import type { Command, PageId } from '../commands';
import { controls, icon } from '../theme';
import { openPopover } from './open-popover';

/** The video's name, and behind it what can be done with the session as a whole. */
export class SessionMenu extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: inline-flex;
        min-width: 96px;
        flex: 0 1 auto;
      }
      .name {
        display: flex;
        align-items: center;
        gap: 2px;
        height: 28px;
        padding: 0 4px 0 6px;
        border-radius: 4px;
        font-weight: 600;
        min-width: 0;
      }
      .name:hover {
        background: var(--mk-hover);
      }
      .menu {
        inset: auto;
        min-width: 210px;
        padding: 4px;
        border: 1px solid var(--mk-line3);
        border-radius: 6px;
        background: var(--mk-bg);
        color: var(--mk-text);
        box-shadow: 0 4px 16px rgba(0, 0, 0, 0.3);
      }
      .menu button {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 16px;
        width: 100%;
        min-height: 28px;
        padding: 0 8px;
        border-radius: 4px;
        text-align: left;
      }
      .menu button:hover:not(:disabled),
      .menu button:focus-visible {
        background: var(--mk-hover);
      }
      .menu button:disabled {
        color: var(--mk-text3);
        cursor: default;
      }
      hr {
        border: 0;
        border-top: 1px solid var(--mk-line);
        margin: 4px 0;
      }
    `,
  ];

  @property() name = '';
  /** False without a kernel: then only the guide is left. */
  @property({ type: Boolean }) live = true;
  @property({ type: Boolean }) editable = true;
  @query('.menu') private readonly menu!: HTMLElement;

  override render(): TemplateResult {
    const { live, editable } = this;
    return html`<button
        class="name"
        aria-haspopup="menu"
        title=${`${this.name}: export, save, close`}
        @click=${(event: Event) => openPopover(this.menu, event.currentTarget as HTMLElement)}
      >
        <span class="cut">${this.name}</span>${icon('down')}
      </button>
      <div
        class="menu"
        popover="auto"
        role="menu"
        aria-label="Session"
        @keydown=${(event: KeyboardEvent) => this.#move(event)}
      >
        ${this.#item('open', 'Open another …', live)}
        <hr />
        ${this.#item('export', 'Export …', live)} ${this.#item('save-as', 'Save as …', live && editable)}
        <hr />
        ${this.#item('start-over', 'Start over …', live && editable)}
        ${this.#item('close', 'Close …', live && editable)}
        <hr />
        ${this.#item('settings', 'Settings', true)} ${this.#item('guide', 'Guide and keys', true)}
      </div>`;
  }

  #item(page: PageId, words: string, possible: boolean): TemplateResult {
    const command: Command = { do: 'open-page', page };
    const key = keyHint(command);
    return html`<button
      role="menuitem"
      ?disabled=${!possible}
      @click=${() => {
        this.menu.hidePopover();
        sendCommand(this, command);
      }}
    >
      ${words}${key ? html`<kbd aria-hidden="true">${key}</kbd>` : ''}
    </button>`;
  }

  #move(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const items = [...this.menu.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
    const at = items.indexOf(this.shadowRoot!.activeElement as HTMLButtonElement);
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    items[(next + items.length) % items.length]?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}
