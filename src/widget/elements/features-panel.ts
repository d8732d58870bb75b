import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { FeatureRecord, FeatureValue } from '../../annotation';
import { controls } from '../theme';

/** A feature of the chosen object on the frame in sight. */
export interface FeatureRow {
  readonly feature: FeatureRecord;
  readonly value: FeatureValue | null;
}

/** The features of the chosen object. */
export class FeaturesPanel extends LitElement {
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
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 6px 8px;
        margin: 0;
        padding: 8px 10px;
        font-size: 12px;
      }
      dt {
        color: var(--mk-text2);
      }
      dd {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly FeatureRow[] = [];
  /** The chosen object's name; null while there is none. */
  @property({ attribute: false }) objectName: string | null = null;

  override render(): TemplateResult {
    return html`<h2><span class="cut">Features${this.objectName ? ` of ${this.objectName}` : ''}</span></h2>
      ${
        this.rows.length === 0
          ? html`<p>
              No feature yet. A feature is a value of an object over time; a cell defines one with
              session.features.add().
            </p>`
          : html`<dl>
              ${this.rows.map(
                ({ feature, value }) =>
                  html`<dt class="cut">${feature.name}</dt>
                    <dd class="cut">${value === null ? 'none' : String(value)}</dd>`,
              )}
            </dl>`
      }`;
  }
}
