import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { sendCommand } from '../commands';
import type { Notice } from '../controllers';
import { controls, icon } from '../theme';
import type { IconName } from '../theme';

const drawings: Readonly<Record<Notice['level'], IconName>> = {
  info: 'info',
  warning: 'warning',
  error: 'warning',
};

/** A strip above the picture that says what happened, what was kept and what to do. Work goes on under it. */
export class NoticeStrip extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      .notice {
        display: flex;
        align-items: flex-start;
        gap: 12px;
        padding: 8px 12px;
        border-bottom: 1px solid var(--mk-line);
        background: var(--mk-bar);
      }
      .error {
        background: var(--mk-err-tint);
        box-shadow: inset 3px 0 0 var(--mk-err-line);
      }
      .warning {
        background: var(--mk-warn-tint);
        box-shadow: inset 3px 0 0 var(--mk-warn-line);
      }
      .error > svg {
        color: var(--mk-err);
      }
      .warning > svg {
        color: var(--mk-warn);
      }
      svg {
        margin-top: 1px;
      }
      p {
        margin: 0;
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      strong {
        font-weight: 600;
      }
      .icon-button {
        margin: -3px -4px -3px 0;
      }
      .act {
        margin: -5px 0;
      }
      .notice {
        position: relative;
      }
      .share {
        position: absolute;
        inset: auto 0 0 0;
        height: 3px;
        background: linear-gradient(90deg, var(--mk-accent) var(--share), var(--mk-line3) var(--share));
      }
      @media (forced-colors: active) {
        .share {
          forced-color-adjust: none;
          --mk-line3: GrayText;
          --mk-accent: Highlight;
        }
      }
    `,
  ];

  @property({ attribute: false }) notices: readonly Notice[] = [];

  override render(): TemplateResult {
    return html`${this.notices.map((notice) => this.#strip(notice))}`;
  }

  #strip({ key, level, title, text, dismissable, action, share }: Notice): TemplateResult {
    return html`<div class="notice ${level}" role=${level === 'info' ? 'status' : 'alert'}>
      ${icon(key === 'gone' ? 'unplugged' : drawings[level])}
      <p><strong>${title}</strong> ${text}</p>
      ${
        action
          ? html`<button class="button act" @click=${() => sendCommand(this, action.command)}>
              ${action.words}
            </button>`
          : ''
      }
      ${
        dismissable
          ? html`<button
              class="icon-button small"
              aria-label="Dismiss"
              title="Dismiss"
              @click=${() => sendCommand(this, { do: 'dismiss-notice', key })}
            >
              ${icon('close')}
            </button>`
          : ''
      }
      ${
        share === undefined
          ? ''
          : html`<div
              class="share"
              role="progressbar"
              aria-label=${title}
              aria-valuemin="0"
              aria-valuemax="100"
              aria-valuenow=${Math.round(share * 100)}
              style=${`--share: ${Math.round(share * 1000) / 10}%`}
            ></div>`
      }
    </div>`;
  }
}
