import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { controls } from '../theme';

/** What there is to review. */
export class ReviewPanel extends LitElement {
  static override styles = [
    controls,
    css`
      :host {
        display: block;
        overflow: auto;
        scrollbar-width: thin;
        background: var(--mk-bg);
      }
      h2 {
        display: flex;
        align-items: center;
        height: 34px;
        margin: 0;
        padding: 0 10px;
        font-size: 12px;
        font-weight: 600;
        background: var(--mk-bar);
        border-bottom: 1px solid var(--mk-line);
      }
      p {
        margin: 0;
        padding: 10px 12px;
        color: var(--mk-text2);
        font-size: 12px;
        line-height: 17px;
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<h2>Review</h2>
      <p>No alarms yet: there is nothing to review.</p>`;
  }
}
